import { long, type Row, sid } from './scene.ts';

export const CONTENT: readonly Row[] = [
  [50526, 'a content SID that is none', ({ post, chat }) => post(`${chat}/Messages`, { ContentSid: 'HX1' })],
  [50526, 'a template nobody made', ({ post, chat }) => post(`${chat}/Messages`, { ContentSid: sid('HX') })],
  ...['[]', '7', '"x"', 'null', '{', '{"1":}'].map(
    (text): Row => [
      50527,
      `variables ${text}`,
      ({ post, chat, text: ContentSid }) => post(`${chat}/Messages`, { ContentSid, ContentVariables: text }),
    ],
  ),
  [
    50528,
    'variables without a template',
    ({ post, chat }) => post(`${chat}/Messages`, { ContentVariables: '{}' }),
  ],
  ...(
    [
      [50529, 'variables of 27,802 characters', variables(99, 'k', long(255), 28_000)],
      [50540, 'a variable’s name of 17 characters', JSON.stringify({ [long(17)]: 'x' })],
      [50541, 'a variable of 257 characters', JSON.stringify({ 1: long(257) })],
      [92002, 'a hundred and one variables', variables(101, 'k', 'x')],
      [21656, 'a variable that is null', '{"1":null}'],
      [21656, 'a variable that is an object', '{"1":{}}'],
      [21656, 'a variable’s name with a space', '{"a b":"x"}'],
    ] as const
  ).map(
    ([code, how, text]): Row => [
      code,
      how,
      ({ post, chat, text: ContentSid }) => post(`${chat}/Messages`, { ContentSid, ContentVariables: text }),
    ],
  ),
  [50542, 'a carousel', ({ post, chat, carousel }) => post(`${chat}/Messages`, { ContentSid: carousel })],
];

function variables(count: number, prefix: string, value: string, length = 0): string {
  const entries = Array.from({ length: count }, (_, n) => [`${prefix}${n}`, value]);
  return JSON.stringify(Object.fromEntries(entries)).padEnd(length);
}
