import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../lib/event/channels.ts';
import {
  CARRIER_WORDS,
  DEFAULT_OPT_OUT,
  isAnsweredByCarrier,
  isStopWord,
  keywordsBeside,
} from '../../lib/guards/stop-words.ts';
import { bookOf, bookWith, decideOn, messageAdded, participantAdded } from '../rules/support.ts';
import { reasonFor } from './asked.ts';

// The default keywords of https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out, written out on purpose.
const STOP = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'CANCEL'];
const CARRIER = ['START', 'UNSTOP', 'HELP', 'INFO'];
const WRITTEN = [
  (word: string) => word,
  (word: string) => word.toLowerCase(),
  (word: string) => `  ${word}\n`,
  (word: string) => `${word}.`,
  (word: string) =>
    word.replace(/[A-Z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
];
const answered = (message: string, channel: Parameters<typeof isAnsweredByCarrier>[1], over = {}) =>
  isAnsweredByCarrier(message, channel, { ...DEFAULT_OPT_OUT, ...over });

it('keywords that would be stop words only without their accents are told, and no others', () => {
  expect(keywordsBeside(['para', 'pará', 'parada', 'hola'], ['pará'])).toEqual(['para']);
});

describe('stop words', () => {
  it('are those of Twilio', () => {
    expect(CARRIER_WORDS.map((word) => word.toUpperCase())).toEqual(CARRIER);
  });

  it('are Twilio’s alone, on the channels where it answers them by itself, where the rules say nothing', () => {
    expect(DEFAULT_OPT_OUT).toEqual({ words: [], handledOn: ['sms', 'rcs'], takesYes: false });
  });

  const table = [...STOP, ...CARRIER].flatMap((word) => WRITTEN.map((write) => [write(word)] as const));
  // UNSTOP was answered by SMS although the carrier answers; HELP and INFO were answered by nobody on WhatsApp.
  it.each(table)('%j is the carrier’s to answer by SMS and RCS, and nobody else’s elsewhere', (message) => {
    const handled = CHANNELS.filter((channel) => answered(message, channel));
    expect(handled).toEqual(['sms', 'rcs']);
  });

  it('are answered on WhatsApp where the rules say that Advanced Opt-Out is on', () => {
    expect(answered('STOP', 'whatsapp', { handledOn: ['whatsapp'] })).toBe(true);
    expect(answered('STOP', 'sms', { handledOn: ['whatsapp'] })).toBe(false);
  });

  it('of your own count everywhere as such, and are handled where the others are', () => {
    expect(isStopWord('Arrêt!', { words: ['arret'] })).toBe(true);
    expect(answered('arrêt', 'sms', { words: ['arret'] })).toBe(true);
    expect(answered('arrêt', 'chat', { words: ['arret'] })).toBe(false);
  });

  // The customer got no answer from a rule whose keyword is the word.
  it('are not made of a keyword of the file by ignoring its accents', () => {
    const optOut = { words: ['pará'], keywords: ['para'] };
    expect(['para', 'Para!', 'pará', 'PARÁ'].map((word) => isStopWord(word, optOut))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(isStopWord('para', { words: ['pará'] })).toBe(true);
    expect(answered('para', 'sms', optOut)).toBe(false);
    expect(answered('yés', 'sms', { keywords: ['yés'] })).toBe(false);
    expect(answered('hélp', 'sms', { keywords: ['hélp'] })).toBe(false);
    expect(answered('help', 'sms', { keywords: ['hélp'] })).toBe(true);
  });

  it.each(STOP.map((word) => [word]))('%s asks for no more messages', (word) => {
    expect(isStopWord(word, { words: [] })).toBe(true);
  });

  it.each(CARRIER.map((word) => [word]))('%s does not', (word) => {
    expect(isStopWord(word, { words: [] })).toBe(false);
  });

  it('YES is the carrier’s while no rule has it as a keyword', () => {
    expect(answered('Yes', 'sms')).toBe(true);
    expect(answered('Yes', 'sms', { takesYes: true })).toBe(false);
    expect(answered('yes please', 'sms')).toBe(false);
    expect(answered('yes', 'whatsapp')).toBe(false);
  });

  it('YES is for the rules while a question of ours is open', () => {
    expect(isAnsweredByCarrier('yes', 'sms', DEFAULT_OPT_OUT, () => true)).toBe(false);
    expect(isAnsweredByCarrier('yes', 'sms', DEFAULT_OPT_OUT, () => false)).toBe(true);
  });

  it.each([
    ['please stop'],
    ['stop it'],
    ['STOP this bill'],
    ['the end'],
    ['unstoppable'],
    ['OPT-OUT'],
    ['opt out'],
    ['s t o p'],
    ['/start'],
    ['!help'],
    ['#info'],
    ['h e l p'],
    [''],
    ['   '],
  ])('a message such as %j is for the rules', (message) => {
    expect(isStopWord(message, { words: [] })).toBe(false);
    expect(answered(message, 'sms')).toBe(false);
  });

  it('a message of 40,000 characters is for the rules', () => {
    const message = '.'.repeat(40_000);
    expect(isStopWord(message, { words: [] })).toBe(false);
    expect(answered(message, 'sms')).toBe(false);
  });

  // Beyond 200 characters it was a keyword and no stop word: `otherwise` answered it, and the question stayed open.
  it.each([
    ['white space', `${' '.repeat(5_000)}stop${'\n'.repeat(5_000)}`],
    ['what nobody sees', `${'\u200B'.repeat(16_000)}stop${'\u200B'.repeat(16_000)}`],
    ['197 exclamation marks', `STOP${'!'.repeat(197)}`],
    ['100 emoji', `STOP ${'😡'.repeat(100)}`],
    ['10,000 points', `Stop${'.'.repeat(10_000)}`],
    ['32 KB of emoji', `"stop" ${'😡'.repeat(8_000)}`],
    ['a long row of brackets', `${'('.repeat(300)}stop${')'.repeat(300)}`],
  ])('count with %s around them, as keywords do', (_, Body) => {
    const stop = messageAdded({ Body });
    expect(decideOn(bookWith('{ keyword: stop }'), stop)).toMatchObject({ rule: 'rule' });
    const otherwise = bookOf('version: 1\nrules: []\notherwise: { text: Sorry? }\n');
    expect(decideOn(otherwise, stop)).toMatchObject({ outcome: 'suppressed', reason: 'stop_word' });
    expect(answered(Body, 'sms')).toBe(true);
  });

  it('are none where words stand behind them, however far', () => {
    const Body = `stop${'!'.repeat(300)} this bill`;
    expect([isStopWord(Body, DEFAULT_OPT_OUT), answered(Body, 'sms')]).toEqual([false, false]);
  });

  it('are a guard on the channels where somebody else answers them', async () => {
    const sms = { Author: '+15550100001', Source: 'SMS' };
    expect(await reasonFor(messageAdded({ Body: ' Stop! ', ...sms }))).toBe('opt_out_word');
    expect(await reasonFor(messageAdded({ Body: 'info', ...sms }))).toBe('opt_out_word');
    expect(await reasonFor(messageAdded({ Body: 'stop' }))).toBeUndefined();
    expect(await reasonFor(messageAdded({ Body: 'HELP' }))).toBeUndefined();
  });

  // By SMS it was silent, though a rule waits for the word.
  it('leave a message to the rule whose keyword it is, where only accents make it another word', async () => {
    const { optOut } = bookOf(`version: 1
opt_out: { words: pará }
rules: [{ id: a, when: { keyword: para }, then: { text: x } }]
`);
    const sms = { Author: '+15550100001', Source: 'SMS' };
    const over = optOut ? { optOut } : {};
    expect(await reasonFor(messageAdded({ Body: 'Para', ...sms }), over)).toBeUndefined();
    expect(await reasonFor(messageAdded({ Body: 'pará', ...sms }), over)).toBe('opt_out_word');
  });

  it('are words of messages: who joins by SMS says none', async () => {
    expect(await reasonFor(participantAdded({ 'MessagingBinding.Type': 'SMS' }))).toBeUndefined();
  });
});
