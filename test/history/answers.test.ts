import { describe, expect, it } from 'vitest';
import {
  answersTo,
  hasAnsweredLater,
  isProof,
  isWhole,
  type MarkedAnswer,
} from '../../lib/history/answers.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';

const SUBJECT = `IM${'3'.repeat(32)}`;
const PARTICIPANT = `MB${'4'.repeat(32)}`;

function message(over: Partial<MessageResource>, marker: object = { in_reply_to: SUBJECT, part: '1/1' }) {
  const attributes = JSON.stringify({ parley: { v: 1, ...marker } });
  return { author: 'ana', participant_sid: PARTICIPANT, attributes, ...over } as MessageResource;
}

describe('a marker', () => {
  it.each([
    ['the bot’s', { author: 'parley' }, true],
    ['the bot’s, and a participant of that name wrote it', { author: 'parley' }, true],
    ['nobody’s who takes part', { author: 'another-bot', participant_sid: null }, true],
    ['a customer’s', { author: '+15550100001' }, false],
    ['a chat user’s', { author: 'ana' }, false],
    ['a chat user’s of nearly the same name', { author: 'Parley' }, false],
  ])('proves an answer or not where the message is %s', (_, over, proves) => {
    expect(isProof(message(over), ['parley'])).toBe(proves);
    expect(answersTo([message(over)], SUBJECT, ['parley'])).toHaveLength(proves ? 1 : 0);
  });

  it('proves nothing of another message, nor when it is damaged', () => {
    const ours = { author: 'parley' };
    const others = [
      message(ours, { in_reply_to: `IM${'9'.repeat(32)}`, part: '1/1' }),
      message(ours, { in_reply_to: SUBJECT }),
      message({ ...ours, attributes: '{}' }),
      message({ ...ours, attributes: '{' }),
    ];
    expect(answersTo(others, SUBJECT, ['parley'])).toEqual([]);
  });
});

describe('an answer', () => {
  const partsOf = (...parts: string[]) =>
    parts.map((part) => ({ message: message({}), marker: { in_reply_to: SUBJECT, part } })) as MarkedAnswer[];

  it.each([
    [['1/1']],
    [['2/2', '1/2']],
    [['1/2', '2/2', '2/2']],
    [['1/3', '1/1']],
    [['1/2@a', '2/2@a', '1/2@b']],
  ])('with the parts %j is whole', (parts) => {
    expect(isWhole(partsOf(...parts))).toBe(true);
  });

  it.each([
    [[]],
    [['1/2']],
    [['2/2']],
    [['1/2', '1/2']],
    [['1/2', '2/3']],
    [['1/2', '2/2@a']],
    [['1/2@a', '2/2@b']],
    [['1']],
    [['0/0']],
    [['3/2']],
    [['x']],
  ])('with the parts %j is not', (parts) => {
    expect(isWhole(partsOf(...parts))).toBe(false);
  });
});

describe('what came later', () => {
  const written = (index: number, over: Partial<MessageResource> = {}, marker: object = {}) =>
    message({ index, sid: `IM${index}`, ...over }, marker);
  const ours = (index: number, in_reply_to: string) =>
    written(index, { author: 'parley' }, { in_reply_to, part: '1/1' });

  it.each([
    ['an answer to it', [written(3), ours(4, 'IM3')], true],
    [
      'another stack’s answer to it',
      [written(3), { ...ours(4, 'IM3'), author: 'b', participant_sid: null }],
      true,
    ],
    ['something else that the bot has said', [message({ index: 4, author: 'parley' }, {})], true],
    ['a late answer to what came before', [ours(3, 'IM1'), written(4)], false],
    [
      'a marker that a customer has copied',
      [written(3), written(4, {}, { in_reply_to: 'IM3', part: '1/1' })],
      false,
    ],
    ['what other programs say', [written(3, { author: 'crm', participant_sid: null })], false],
    ['an answer that was given before it', [ours(1, 'IM0')], false],
    ['nothing', [], false],
  ])('is answered or not: %s', (_, since, isAnswered) => {
    expect(hasAnsweredLater([written(2), ...since], 2, ['parley'])).toBe(isAnswered);
  });
});
