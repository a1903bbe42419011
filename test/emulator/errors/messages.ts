import { address, fault, json, long, type Row, sid } from './scene.ts';

export const MESSAGES: readonly Row[] = [
  [
    50303,
    'message attributes over 4 KB',
    ({ post, chat }) => post(`${chat}/Messages`, { Attributes: json(4096) }),
  ],
  [
    50304,
    'message attributes that are not JSON',
    ({ post, chat }) => post(`${chat}/Messages`, { Attributes: '{a}' }),
  ],
  [
    50308,
    'a message’s creation date that is none',
    ({ post, chat }) => post(`${chat}/Messages`, { DateCreated: '2015' }),
  ],
  [
    50309,
    'a message’s update date that is none',
    ({ post, chat }) => post(`${chat}/Messages`, { DateUpdated: '2015' }),
  ],
  [50310, 'an author of 257 characters', ({ post, chat }) => post(`${chat}/Messages`, { Author: long(257) })],
  [
    50503,
    'an empty message, where the setting refuses it',
    ({ service, post, chat }) => {
      service.changeSettings({ emptyMessage: 'refuse' });
      return post(`${chat}/Messages`);
    },
  ],
  [50504, 'more than 32 KB to a chat', ({ post, chat }) => post(`${chat}/Messages`, { Body: long(32_769) })],
  [
    50504,
    '1,601 characters to WhatsApp',
    ({ post, whatsapp }) => post(`${whatsapp}/Messages`, { Body: long(1601) }),
  ],
  [50507, 'media there is not', ({ post, chat }) => post(`${chat}/Messages`, { MediaSid: sid('ME') })],
  [
    50508,
    'media for the second time',
    ({ post, chat, usedMedia }) => post(`${chat}/Messages`, { MediaSid: usedMedia }),
  ],
  [50509, 'another body for a media message', ({ post, mediaMessage }) => post(mediaMessage, { Body: 'x' })],
  [50510, 'a media SID that is none', ({ post, chat }) => post(`${chat}/Messages`, { MediaSid: 'ME1' })],
  [
    50511,
    'media of no type',
    ({ service, base }) => service.rest('POST', `${base}/Media`, { a: 'b' }, { 'content-type': '?' }),
  ],
  [
    50513,
    'a stranger in a group MMS',
    async ({ post, chat }) => {
      await post(`${chat}/Participants`, address('+15550002'));
      return post(`${chat}/Messages`, { Author: 'stranger' });
    },
  ],
  [
    50514,
    'an edit at the same time',
    (scene) => fault(scene, 50514, () => scene.post(scene.mediaMessage, { Author: 'x' })),
  ],
  [50530, 'channel metadata', ({ get, mediaMessage }) => get(`${mediaMessage}/ChannelMetadata`)],
  [
    50512,
    'media over 150 MB',
    async ({ service, base }) => {
      const { status, body } = await service.handle({
        method: 'POST',
        url: `${base}/Media`,
        headers: { authorization: service.authorization, 'content-type': 'image/png' },
        body: new Uint8Array(150 * 1024 * 1024 + 1),
      });
      return { status, headers: {}, body: JSON.parse(new TextDecoder().decode(body)) };
    },
  ],
];
