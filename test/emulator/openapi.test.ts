import { describe, expect, it, vi } from 'vitest';
import { buildFullWorld, type FullWorld } from './full-world.ts';
import { createValidator, type Documented, operationsOf, readOpenApi } from './openapi-file.ts';
import type { RestAnswer } from './start-service.ts';

/**
 * Generated from Twilio's OpenAPI file: every operation is called once with each of its documented parameters, which
 * must be read, and every answer must have the documented status and exactly the documented fields. A parameter or
 * a field that was forgotten fails here.
 */
const file = readOpenApi('twilio_conversations_v1');
const validator = createValidator(file);

/** Push notifications: nothing is pushed here. */
const NOT_EMULATED = /^\/v1\/Credentials|\/Bindings/;

const SIDS_BY_COLLECTION: Readonly<Record<string, string>> = {
  Addresses: 'Address',
  Conversations: 'Conversation',
  Messages: 'Message',
  Participants: 'Participant',
  Receipts: 'Receipt',
  Roles: 'Role',
  Services: 'Service',
  Users: 'User',
  Webhooks: 'Webhook',
};

/** What a request needs before any parameter is added. */
const NEEDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CreateService: { FriendlyName: 'new' },
  CreateConversationParticipant: { Identity: 'somebody' },
  CreateServiceConversationParticipant: { Identity: 'somebody' },
  CreateConversationScopedWebhook: {
    Target: 'webhook',
    'Configuration.Url': 'https://example.com',
    'Configuration.Filters': 'onMessageAdded',
  },
  CreateServiceConversationScopedWebhook: {
    Target: 'webhook',
    'Configuration.Url': 'https://example.com',
    'Configuration.Filters': 'onMessageAdded',
  },
  CreateUser: { Identity: 'somebody' },
  CreateServiceUser: { Identity: 'somebody' },
  CreateRole: { FriendlyName: 'new', Type: 'conversation', Permission: 'sendMessage' },
  CreateServiceRole: { FriendlyName: 'new', Type: 'conversation', Permission: 'sendMessage' },
  UpdateRole: { Permission: 'sendMessage' },
  UpdateServiceRole: { Permission: 'sendMessage' },
  CreateConfigurationAddress: { Type: 'sms', Address: '+15550198' },
  ListParticipantConversation: { Identity: 'agent' },
  ListServiceParticipantConversation: { Identity: 'agent' },
};

/** An update says something even when only a header is tested. */
const UPDATES: readonly (readonly [suffix: RegExp, form: Readonly<Record<string, string>>])[] = [
  [/^Update(Service)?ConversationParticipant$/, { Attributes: '{}' }],
  [/^Update(Service)?ConversationMessage$/, { Author: 'Author' }],
  [/^Update(Service)?Conversation$/, { FriendlyName: 'other' }],
  [/^Update(Service)?User$/, { FriendlyName: 'other' }],
];

/** A value for each parameter, and what must come or go with it. `null` takes away what was needed. */
function sample(
  name: string,
  { sids }: FullWorld,
  operationId: string,
): Readonly<Record<string, string | null>> {
  const samples: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
    Address: operationId.startsWith('List')
      ? { Address: 'whatsapp:+15550001', Identity: null }
      : { Address: '+15550197' },
    Attributes: { Attributes: '{"a":1}' },
    ContentSid: { ContentSid: sids['Content'] ?? '' },
    ContentVariables: { ContentVariables: '{"1":"you"}', ContentSid: sids['Content'] ?? '' },
    DateCreated: { DateCreated: '2015-12-16T22:18:37Z' },
    DateUpdated: { DateUpdated: '2015-12-16T22:18:38Z' },
    Identity: operationId.startsWith('Update')
      ? { 'MessagingBinding.ProjectedAddress': '+15550196', Identity: 'projected' }
      : { Identity: operationId.startsWith('List') ? 'agent' : 'somebody' },
    MediaSid: { MediaSid: sids['Media'] ?? '' },
    MessagingServiceSid: { MessagingServiceSid: `MG${'0'.repeat(32)}` },
    Method: { Method: 'POST' },
    RoleSid: { RoleSid: sids['Role'] ?? '' },
    State: { State: 'inactive' },
    Target: operationId.includes('ConfigurationWebhook') ? { Target: 'flex' } : { Target: 'webhook' },
    Type: operationId.includes('Address') ? { Type: 'sms' } : { Type: 'service' },
    Permission: { Permission: 'sendMessage' },
    Participant: { Participant: '{"identity":"somebody"}' },
    Filters: { Filters: 'onMessageAdded' },
    PreWebhookUrl: { PreWebhookUrl: 'https://example.com/pre' },
    PostWebhookUrl: { PostWebhookUrl: 'https://example.com/post' },
    NotificationLevel: { NotificationLevel: 'muted' },
    LastReadMessageIndex: { LastReadMessageIndex: '1' },
    LastReadTimestamp: { LastReadTimestamp: '2026-11-20T10:00:00Z' },
    ReachabilityEnabled: { ReachabilityEnabled: 'true' },
    DefaultChatServiceSid: { DefaultChatServiceSid: sids['Service'] ?? '' },
    DefaultMessagingServiceSid: { DefaultMessagingServiceSid: `MG${'0'.repeat(32)}` },
    DefaultInactiveTimer: { DefaultInactiveTimer: 'PT1M' },
    DefaultClosedTimer: { DefaultClosedTimer: 'PT10M' },
    DefaultConversationCreatorRoleSid: { DefaultConversationCreatorRoleSid: sids['Role'] ?? '' },
    DefaultConversationRoleSid: { DefaultConversationRoleSid: sids['Role'] ?? '' },
    DefaultChatServiceRoleSid: { DefaultChatServiceRoleSid: sids['Role'] ?? '' },
    LogEnabled: { LogEnabled: 'true' },
    'Timers.Inactive': { 'Timers.Inactive': 'PT1M', State: 'active' },
    'Timers.Closed': { 'Timers.Closed': 'PT10M', State: 'active' },
    'MessagingBinding.Address': operationId.startsWith('Create')
      ? { 'MessagingBinding.Address': '+15550195', Identity: null }
      : {},
    'MessagingBinding.ProxyAddress': operationId.startsWith('Create')
      ? {
          'MessagingBinding.Address': '+15550195',
          'MessagingBinding.ProxyAddress': '+15550100',
          Identity: null,
        }
      : { 'MessagingBinding.ProxyAddress': 'whatsapp:+15550101' },
    'MessagingBinding.ProjectedAddress': { 'MessagingBinding.ProjectedAddress': '+15550194' },
    'Configuration.Url': { 'Configuration.Url': 'https://example.com/other' },
    'Configuration.Method': { 'Configuration.Method': 'post' },
    'Configuration.Filters': { 'Configuration.Filters': 'onMessageUpdated' },
    'Configuration.Triggers': { 'Configuration.Triggers': 'order' },
    'Configuration.FlowSid': { 'Configuration.FlowSid': `FW${'0'.repeat(32)}` },
    'Configuration.ReplayAfter': { 'Configuration.ReplayAfter': '0' },
    'AutoCreation.Enabled': { 'AutoCreation.Enabled': 'true' },
    'AutoCreation.Type': { 'AutoCreation.Type': 'webhook' },
    'AutoCreation.ConversationServiceSid': { 'AutoCreation.ConversationServiceSid': sids['Service'] ?? '' },
    'AutoCreation.WebhookUrl': { 'AutoCreation.WebhookUrl': 'https://example.com' },
    'AutoCreation.WebhookMethod': { 'AutoCreation.WebhookMethod': 'post' },
    'AutoCreation.WebhookFilters': { 'AutoCreation.WebhookFilters': 'onMessageAdded' },
    'AutoCreation.StudioFlowSid': { 'AutoCreation.StudioFlowSid': `FW${'0'.repeat(32)}` },
    'AutoCreation.StudioRetryCount': { 'AutoCreation.StudioRetryCount': '3' },
    AddressCountry: { AddressCountry: 'CA' },
    Order: { Order: 'desc' },
    PageSize: { PageSize: '5' },
    Page: { Page: '1' },
    PageToken: { PageToken: '0' },
    StartDate: { StartDate: '2026-01-01T00:00:00Z' },
    EndDate: { EndDate: '2027-01-01T23:59:59Z' },
  };
  const known = samples[name];
  if (known !== undefined) return known;
  if (name.endsWith('Enabled')) return { [name]: 'true' };
  return { [name]: `some ${name}` };
}

/** A participant of its own for updates that the WhatsApp customer of the world cannot take. */
async function pathFor(
  world: FullWorld,
  documented: Documented,
  parameter: string | undefined,
): Promise<string> {
  const { sids, service } = world;
  let participant = sids['Participant'] ?? '';
  const updates = documented.operation.operationId.startsWith('Update');
  if (updates && (parameter === 'Identity' || parameter === 'MessagingBinding.ProjectedAddress')) {
    const path = `/v1/Services/${sids['Service']}/Conversations/${sids['Conversation']}/Participants`;
    const form =
      parameter === 'Identity' ? { 'MessagingBinding.ProjectedAddress': '+15550193' } : { Identity: 'plain' };
    participant = String((await service.rest('POST', path, form)).body.sid);
  }
  if (documented.operation.operationId === 'DeleteService') {
    const other = await service.rest('POST', '/v1/Services', { FriendlyName: 'other' });
    return `/v1/Services/${other.body.sid}`;
  }
  const segments = documented.path.split('/');
  return segments
    .map((segment, n) => {
      if (!segment.startsWith('{')) return segment;
      const collection = SIDS_BY_COLLECTION[segments[n - 1] ?? ''] ?? '';
      return collection === 'Participant' ? participant : (sids[collection] ?? 'XX');
    })
    .join('/');
}

/** Which parameters the service looks at. */
function watchReads(): Set<string> {
  const read = new Set<string>();
  const { get, getAll, has } = URLSearchParams.prototype;
  vi.spyOn(URLSearchParams.prototype, 'get').mockImplementation(function (this: URLSearchParams, name) {
    read.add(name);
    return get.call(this, name);
  });
  vi.spyOn(URLSearchParams.prototype, 'getAll').mockImplementation(function (this: URLSearchParams, name) {
    read.add(name);
    return getAll.call(this, name);
  });
  vi.spyOn(URLSearchParams.prototype, 'has').mockImplementation(function (this: URLSearchParams, name) {
    read.add(name);
    return has.call(this, name);
  });
  return read;
}

interface Called {
  readonly answer: RestAnswer;
  readonly read: ReadonlySet<string>;
  readonly sent: number;
}

async function call(documented: Documented, parameter: string | undefined, headers = {}): Promise<Called> {
  const world = await buildFullWorld();
  const { operationId } = documented.operation;
  const update = UPDATES.find(([suffix]) => suffix.test(operationId))?.[1] ?? {};
  const given = {
    ...NEEDED[operationId],
    ...(parameter === undefined ? update : sample(parameter, world, operationId)),
  };
  const form = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as Record<
    string,
    string
  >;
  const path = await pathFor(world, documented, parameter);
  world.service.sent.length = 0;
  const read = watchReads();
  const query = documented.method === 'GET' ? `?${new URLSearchParams(form)}` : '';
  const answer = await world.service.rest(
    documented.method,
    path + query,
    documented.method === 'GET' ? {} : form,
    headers,
  );
  vi.restoreAllMocks();
  await world.service.idle();
  return { answer, read, sent: world.service.sent.length };
}

const emulated = operationsOf(file).filter(({ path }) => !NOT_EMULATED.test(path));
const table = emulated.map((documented) => [`${documented.method} ${documented.path}`, documented] as const);

describe('Twilio’s OpenAPI file', () => {
  it('has ninety-five operations besides those of push notifications', () => {
    expect(emulated.length).toBe(95);
    expect(operationsOf(file).length - emulated.length).toBe(8);
  });

  describe.each(table)('%s', (_name, documented) => {
    const { operation } = documented;
    const missing =
      operation.operationId.endsWith('ServiceBinding') && operation.operationId !== 'ListServiceBinding';
    const statuses = missing ? [404] : Object.keys(operation.responses).map(Number);

    it('answers with a documented status and exactly the documented fields', async () => {
      const updates = documented.form.length > 0 && operation.operationId.startsWith('Update');
      const { answer } = await call(documented, updates ? documented.form[0] : undefined);
      expect(statuses).toContain(answer.status);
      const validate = validator(operation, answer.status);
      if (validate !== undefined) expect(validate(answer.body) ? [] : validate.errors).toEqual([]);
    });

    it.each([...documented.query, ...documented.form])('reads %s', async (parameter) => {
      const { answer, read } = await call(documented, parameter);
      expect(answer.body?.message ?? '').toBe('');
      expect(statuses).toContain(answer.status);
      expect([...read]).toContain(parameter);
      const validate = validator(operation, answer.status);
      if (validate !== undefined) expect(validate(answer.body) ? [] : validate.errors).toEqual([]);
    });

    // Twilio documents the header for deleting users, and no event that it could fire.
    if (documented.headers.length > 0 && !operation.operationId.startsWith('Delete')) {
      it('fires webhooks with the header and none without', async () => {
        const { sent: without } = await call(documented, undefined);
        const { sent: withHeader } = await call(documented, undefined, {
          'x-twilio-webhook-enabled': 'true',
        });
        expect({ without, fired: withHeader > 0 }).toEqual({ without: 0, fired: true });
      });
    }
  });
});
