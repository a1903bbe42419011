import { CONTROL_ROUTES } from '../../emulator/control/control-routes.ts';
import { ROUTES } from '../../emulator/routes.ts';

/** A request that somebody with bad intentions, or a broken client, might send. */
export interface Hostile {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  'null',
  'true',
  '{}',
  '[]',
  '{"a":',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '%00',
  '%',
  '%zz',
  '\u0000\u0001',
  '\u{FFFE}\u{FFFF}',
  '\uD800',
  '😀'.repeat(100),
  '\r\nX-Injected: yes',
  '<script>alert(1)</script>',
  "' OR 1=1 --",
  'http://127.0.0.1:1/',
  'javascript:alert(1)',
  '2015-12-16T22:18:37Z',
  '9999-99-99T99:99:99Z',
  '+010000-01-01T00:00:00Z',
  'P99999999999999D',
  'PT0S',
  '+15550001',
  'whatsapp:+15550001',
  'onMessageAdded',
  'active',
  'closed',
  'desc',
  'webhook',
  'x'.repeat(2000),
  '{"1":"a"}',
  `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`,
];

/** Parameters by the first word of an operation's name, each with values that are nearly right. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  messages: {
    ...{
      Author: ['system'],
      Body: ['Hello'],
      Attributes: ['{}'],
      Subject: ['s'],
      MediaSid: [],
      ContentSid: [],
    },
    ...{ ContentVariables: ['{"1":"a"}', '{"1":null}'], DateCreated: [], DateUpdated: [], Order: ['desc'] },
    ...{ PageSize: ['1', '1e3'], Page: ['999999999'], PageToken: ['0', '999999999999999'] },
  },
  conversations: {
    ...{
      FriendlyName: ['f'],
      UniqueName: ['u'],
      Attributes: ['{}'],
      State: ['active', 'inactive', 'closed'],
    },
    ...{
      'Timers.Inactive': ['PT1M', 'P36501D', 'P99999999D'],
      'Timers.Closed': ['PT10M', 'P99999999D'],
      MessagingServiceSid: [],
    },
    ...{
      DateCreated: ['0000-01-01T00:00:00Z'],
      DateUpdated: [],
      StartDate: ['2026-01-01'],
      EndDate: ['9999-12-31'],
    },
    ...{
      'Bindings.Email.Name': ['n'],
      Participant: ['{"identity":"a"}', '{"messaging_binding":{"address":"+15550009"}}'],
    },
  },
  participants: {
    ...{
      Identity: ['a', 'b'],
      RoleSid: [],
      Attributes: ['{}'],
      'MessagingBinding.Address': ['+15550002', 'rcs:x'],
    },
    ...{
      'MessagingBinding.ProxyAddress': ['+15550100'],
      'MessagingBinding.ProjectedAddress': ['+15550101', ''],
    },
    ...{ LastReadMessageIndex: ['0', '9999999999'], LastReadTimestamp: [], DateCreated: [] },
  },
  webhooks: {
    ...{ Target: ['webhook', 'trigger', 'studio'], 'Configuration.Url': ['http://x', 'https://a@b/#c'] },
    ...{
      'Configuration.Filters': ['onMessageAdded'],
      'Configuration.Triggers': ['a'],
      'Configuration.Method': ['get'],
    },
    ...{ 'Configuration.FlowSid': [`FW${'0'.repeat(32)}`], 'Configuration.ReplayAfter': ['0', '9999999999'] },
  },
  'service-webhooks': {
    ...{
      PreWebhookUrl: ['http://x', ''],
      PostWebhookUrl: ['http://x/?a', 'https://[::1'],
      Method: ['GET', 'POST'],
    },
    Filters: ['onMessageAdded', 'onConversationAdd', 'onUserUpdate', 'onParticipantRemove'],
  },
  users: { Identity: ['c'], FriendlyName: ['f'], Attributes: ['{}'], RoleSid: [] },
  roles: { FriendlyName: ['f'], Type: ['service'], Permission: ['p'] },
  addresses: {
    Type: ['sms'],
    Address: ['+15550002'],
    'AutoCreation.Enabled': ['true'],
    'AutoCreation.StudioRetryCount': ['3'],
  },
  'participant-conversations': {
    Identity: ['agent'],
    Address: ['+15550001'],
    PageSize: ['1'],
    PageToken: ['0'],
  },
  'user-conversations': { NotificationLevel: ['muted'], LastReadMessageIndex: ['1'], LastReadTimestamp: [] },
  'account-configuration': {
    DefaultInactiveTimer: ['PT1M', 'P99999999D'],
    DefaultClosedTimer: ['PT10M'],
    DefaultChatServiceSid: [],
  },
  'chat-services': { PreWebhookRetryCount: ['3'], PostWebhookRetryCount: ['3'] },
};
const ANY_PARAMETERS = Object.assign({}, ...Object.values(PARAMETERS)) as (typeof PARAMETERS)[string];

const JSON_NAMES = [
  ...[
    'kind',
    'ms',
    'times',
    'share',
    'code',
    'frozen',
    'moveMs',
    'conversationSid',
    'body',
    'author',
    'channel',
  ],
  ...[
    'messageSid',
    'title',
    'identity',
    'status',
    'errorCode',
    'types',
    'language',
    'variables',
    'name',
    'category',
  ],
  ...[
    'state',
    'sha256',
    'format',
    'from',
    'to',
    'media',
    'attributes',
    'authToken',
    '__proto__',
    'actionsPerSecond',
  ],
];

/** @param known what exists, by the names of path parameters, so that some requests come far */
export function createHostileRequests(
  random: () => number,
  authorization: string,
  known: Readonly<Record<string, string>>,
): () => Hostile {
  const names = Object.values(known);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const chance = (share: number) => random() < share;
  const value = (): string => (chance(0.4) ? pick(names) : chance(0.9) ? pick(TEXTS) : bytes(20));

  function bytes(length: number): string {
    return String.fromCharCode(...Array.from({ length }, () => Math.floor(random() * 0x1_0000)));
  }

  function path(pattern: string): string {
    const filled = pattern.replace(/:(\w+)/g, (_whole, name: string) => {
      if (chance(0.9)) return known[name] ?? pick(names);
      return chance(0.5) ? encodeURIComponent(value().toWellFormed()) : value();
    });
    const odd = chance(0.05) ? pick(['/', '//', '/..', '/%2e%2e', '#', '\\', '/\u0000']) : '';
    return filled + odd;
  }

  function form(operation: string): string {
    const parameters = PARAMETERS[operation.split('.')[0] ?? ''] ?? ANY_PARAMETERS;
    const pairs = Array.from({ length: 1 + Math.floor(random() * 4) }, (): [string, string] => {
      const name = chance(0.95) ? pick(Object.keys(parameters)) : value();
      const right = parameters[name] ?? [];
      return [name, right.length > 0 && chance(0.6) ? pick(right) : value()];
    });
    return new URLSearchParams(pairs).toString();
  }

  function json(depth = 0): unknown {
    if (depth > 3 || chance(0.4)) return pick<unknown>([value(), 0, -1, 1e308, true, null, '', {}]);
    if (chance(0.2)) return Array.from({ length: 3 }, () => json(depth + 1));
    return Object.fromEntries(Array.from({ length: 4 }, () => [pick(JSON_NAMES), json(depth + 1)]));
  }

  const rawBytes = () =>
    Uint8Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256));

  function body(operation: string): Uint8Array {
    if (chance(0.1)) return rawBytes();
    return new TextEncoder().encode(chance(0.8) ? form(operation) : (JSON.stringify(json()) ?? ''));
  }

  return () => {
    const route = pick<{ method: string; path: string; operation?: string }>(
      chance(0.8) ? ROUTES : CONTROL_ROUTES,
    );
    const operation = route.operation ?? '';
    const query = chance(0.3) ? `?${form(operation)}` : '';
    return {
      method: chance(0.9)
        ? route.method
        : pick(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', '', 'get', '\u0000']),
      path: chance(0.95) ? path(route.path) + query : value(),
      headers: {
        ...(chance(0.97) ? { authorization } : { authorization: value() }),
        ...(chance(0.7) ? {} : { 'x-twilio-webhook-enabled': chance(0.7) ? 'true' : value() }),
        'content-type': chance(0.6)
          ? 'application/x-www-form-urlencoded'
          : pick([
              'application/x-www-form-urlencoded',
              'application/json',
              'image/png',
              '',
              'text/html; charset=\u0000',
              'multipart/form-data',
            ]),
      },
      body: body(operation),
    };
  };
}
