import type { ERROR_TABLE } from '../../../emulator/error-table.ts';
import { type Form, type RestAnswer, startService, type TestService } from '../start-service.ts';

/** Where a refused request is tried: a WhatsApp conversation, a chat, and one of each state. */
export interface Scene {
  readonly service: TestService;
  readonly base: string;
  /** A customer on WhatsApp who has written. */
  readonly whatsapp: string;
  /** Nobody is in it. */
  readonly chat: string;
  readonly closed: string;
  readonly initializing: string;
  /** A message with media in `chat`. */
  readonly mediaMessage: string;
  readonly usedMedia: string;
  readonly text: string;
  readonly carousel: string;
  post(path: string, form?: Form): Promise<RestAnswer>;
  get(path: string): Promise<RestAnswer>;
}

export async function setScene(): Promise<Scene> {
  const service = startService({
    settings: { ownedAddresses: ['+15550100', 'whatsapp:+15550100', 'whatsapp:+15550101'] },
  });
  const base = `/v1/Services/${service.serviceSid}`;
  const post = (path: string, form: Form = {}) => service.rest('POST', path, form);
  const make = async (form: Form) =>
    `${base}/Conversations/${(await post(`${base}/Conversations`, form)).body.sid}`;
  const { conversation } = await service.customer.startConversation({
    channel: 'whatsapp',
    author: '+15550001',
    proxyAddress: '+15550100',
    uniqueName: 'taken',
  });
  await service.customer.write({ conversationSid: String(conversation['sid']), body: 'Hello' });
  const chat = await make({});
  const closed = await make({});
  await post(closed, { State: 'closed' });
  const upload = await service.handle({
    method: 'POST',
    url: `${base}/Media`,
    headers: { authorization: service.authorization, 'content-type': 'image/png' },
    body: new Uint8Array(10),
  });
  const { sid: usedMedia } = JSON.parse(new TextDecoder().decode(upload.body));
  const withMedia = await post(`${chat}/Messages`, { MediaSid: usedMedia });
  return {
    service,
    base,
    whatsapp: `${base}/Conversations/${conversation['sid']}`,
    chat,
    closed,
    initializing: await make({ State: 'initializing' }),
    mediaMessage: `${chat}/Messages/${withMedia.body.sid}`,
    usedMedia,
    text: service.addContent({ language: 'en', types: { 'twilio/text': { body: 'Hello {{1}}' } } }),
    carousel: service.addContent({ language: 'en', types: { 'twilio/carousel': { body: 'x', cards: [] } } }),
    post,
    get: (path) => service.rest('GET', path),
  };
}

export type Code = keyof typeof ERROR_TABLE;
export type Row = readonly [code: Code, how: string, provoke: (scene: Scene) => Promise<RestAnswer>];

export const sid = (prefix: string) => prefix + '0'.repeat(32);
export const long = (length: number) => 'x'.repeat(length);
export const json = (bytes: number) => JSON.stringify(long(bytes));
export const address = (value: string, proxy?: string): Form => ({
  'MessagingBinding.Address': value,
  ...(proxy === undefined ? {} : { 'MessagingBinding.ProxyAddress': proxy }),
});
export async function repeat(
  times: number,
  request: (n: number) => Promise<RestAnswer>,
): Promise<RestAnswer> {
  let answer = await request(0);
  for (let n = 1; n < times; n += 1) answer = await request(n);
  return answer;
}
export const fault = async (
  scene: Scene,
  code: Code,
  request = () => scene.post(`${scene.chat}/Messages`),
) => {
  scene.service.faults.arm({ kind: 'error', code });
  return request();
};
