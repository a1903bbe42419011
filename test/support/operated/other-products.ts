import type { ConversationsService, ServiceRequest, ServiceResponse } from '../../../emulator/index.ts';

/** What products of Twilio's answer that the emulator does not have. A test changes it, and puts it back. */
export interface TwilioShown {
  /** https://www.twilio.com/docs/usage/monitor-alert */
  alerts: { error_code: string; request_url: string; date_created: string }[];
  /** The shared key with which webhooks to a URL are signed, by that URL. */
  sharedKeys: Record<string, string>;
  /** The services that are bridged to the newer Conversations. */
  bridged: string[];
}

type Answer = (shown: TwilioShown, service: ConversationsService, id: string) => object;

const PATHS: readonly (readonly [RegExp, Answer])[] = [
  // https://www.twilio.com/docs/iam/api/account
  [
    /^\/2010-04-01\/Accounts\/(AC\w+)\.json$/,
    (_shown, { tokens }, sid) => ({ sid, status: 'active', auth_token: tokens.authToken }),
  ],
  [/^\/v1\/Alerts$/, ({ alerts }) => ({ alerts, meta: { next_page_url: null } })],
  [
    /^\/v1\/Webhooks\/Rules$/,
    ({ sharedKeys }) => ({
      rules: Object.keys(sharedKeys).map((value, at) => ({
        id: `rule${at}`,
        matchType: 'exact',
        value,
        settings: [{ settingId: `setting${at}`, percentage: 100 }],
      })),
    }),
  ],
  [
    /^\/v1\/Webhooks\/Settings\/setting(\d+)$/,
    ({ sharedKeys }, _service, at) => ({
      signature: { type: 'SHARED_KEY', sharedKeyId: Object.values(sharedKeys)[Number(at)] },
    }),
  ],
  [
    /^\/v2\/ControlPlane\/Configurations$/,
    ({ bridged }) => ({
      configurations: bridged.map((serviceId) => ({ conversationsV1Bridge: { serviceId } })),
    }),
  ],
];

/** The emulator, and in front of it those products, which take the same credentials. */
export function withOtherProducts(
  service: ConversationsService,
  shownNow: () => TwilioShown,
): Pick<ConversationsService, 'handle'> {
  return {
    handle: async (request: ServiceRequest): Promise<ServiceResponse> => {
      const { pathname } = new URL(request.url);
      for (const [path, answer] of PATHS) {
        const [, id = ''] = path.exec(pathname) ?? [undefined];
        if (!path.test(pathname)) continue;
        const known = await service.handle({ ...request, url: new URL('/v1/Services', request.url).href });
        if (known.status !== 200) return known;
        return { ...known, body: new TextEncoder().encode(JSON.stringify(answer(shownNow(), service, id))) };
      }
      return service.handle(request);
    },
  };
}
