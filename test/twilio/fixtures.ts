import { createHttpClient } from '../../lib/twilio/http-client.ts';
import type { MessageResource } from '../../lib/twilio/message-resource.ts';
import { createTwilioApi } from '../../lib/twilio/request.ts';
import { type ManualClock, manualClock } from '../contract/manual-clock.ts';
import type { ScriptedServer } from './scripted-server.ts';

const hex = (digit: string) => digit.repeat(32);
export const ACCOUNT = `AC${hex('a')}`;
export const SERVICE = `IS${hex('b')}`;
export const CONVERSATION = `CH${hex('c')}`;
export const MESSAGE = `IM${hex('d')}`;
export const PARTICIPANT = `MB${hex('e')}`;
export const TEMPLATE = `HX${hex('f')}`;
export const MEDIA = `ME${hex('1')}`;
export const API_KEY = { sid: `SK${hex('2')}`, secret: 'CANARY-key' };
export const ADDRESS = { serviceSid: SERVICE, conversationSid: CONVERSATION };
export const MESSAGES_PATH = `/v1/Services/${SERVICE}/Conversations/${CONVERSATION}/Messages`;

export function messageResource(change: Partial<Record<keyof MessageResource, unknown>> = {}) {
  return {
    sid: MESSAGE,
    account_sid: ACCOUNT,
    chat_service_sid: SERVICE,
    conversation_sid: CONVERSATION,
    index: 7,
    author: 'parley',
    body: 'Your order 12345 is on its way.',
    media: null,
    attributes: '{"parley":{"v":1}}',
    participant_sid: null,
    date_created: '2026-11-20T12:00:00Z',
    date_updated: '2026-11-20T12:00:00Z',
    delivery: null,
    url: `https://conversations.twilio.com${MESSAGES_PATH}/${MESSAGE}`,
    links: { delivery_receipts: 'https://…/Receipts', channel_metadata: 'https://…/ChannelMetadata' },
    content_sid: null,
    ...change,
  };
}

/** The real API client against a scripted server: time by hand, the jitter always at its highest. */
export function apiFor(server: Pick<ScriptedServer, 'origin'>, clock: ManualClock = manualClock()) {
  const refreshes: number[] = [];
  const { send } = createHttpClient({ origin: server.origin, clock });
  const api = createTwilioApi({
    origin: server.origin,
    http: send,
    clock,
    random: () => 0.999_999,
    apiKey: {
      get: async () => API_KEY,
      refresh: async () => {
        refreshes.push(clock.now());
        return { sid: API_KEY.sid, secret: 'rotated' };
      },
    },
  });
  return { api, clock, refreshes };
}
