import { describe, expect, it } from 'vitest';
import { suppressReason } from '../../lib/guards/guards.ts';
import { isOptOutWord } from '../../lib/guards/opt-out.ts';
import { CHANNELS } from '../../lib/rules/types.ts';
import { messageAdded } from '../rules/support.ts';

// The default keywords of https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out, written out on purpose.
const OPT_OUT = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'CANCEL'];
const CARRIER = ['HELP', 'INFO', 'START'];
const WRITTEN = [
  (word: string) => word,
  (word: string) => word.toLowerCase(),
  (word: string) => `  ${word}\n`,
  (word: string) => `${word}.`,
  (word: string) => `“${word}!!”`,
  (word: string) =>
    word.replace(/[A-Z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
];

describe('opt-out words', () => {
  const table = OPT_OUT.flatMap((word) =>
    CHANNELS.flatMap((channel) => WRITTEN.map((write) => [write(word), channel] as const)),
  );
  it.each(table)('%j is never answered on %s', (message, channel) => {
    expect(isOptOutWord(message, channel)).toBe(true);
  });

  const carrier = CARRIER.flatMap((word) => WRITTEN.map((write) => [write(word)] as const));
  it.each(carrier)(
    '%j is Twilio’s to answer on SMS and WhatsApp, and an ordinary word in a chat',
    (message) => {
      expect(isOptOutWord(message, 'sms')).toBe(true);
      expect(isOptOutWord(message, 'whatsapp')).toBe(true);
      expect(isOptOutWord(message, 'chat')).toBe(false);
    },
  );

  it.each([['OPT-OUT'], ['opt out'], ['Stop all']])('%j counts although it is written apart', (message) => {
    expect(isOptOutWord(message, 'sms')).toBe(true);
  });

  it.each([['please stop'], ['stop it'], ['the end'], ['unstoppable'], ['stop 🛑'], [''], ['   ']])(
    'a message such as %j is for the rules',
    (message) => {
      expect(isOptOutWord(message, 'sms')).toBe(false);
    },
  );

  it('a long message is for the rules, even if it holds nothing but punctuation', () => {
    expect(isOptOutWord('.'.repeat(40_000), 'sms')).toBe(false);
  });

  it('counts whatever white space surrounds it, and up to 200 characters of punctuation', () => {
    expect(isOptOutWord(`${' '.repeat(300)}stop${'\n'.repeat(300)}`, 'sms')).toBe(true);
    expect(isOptOutWord(`stop${'!'.repeat(196)}`, 'sms')).toBe(true);
    expect(isOptOutWord(`stop${'!'.repeat(197)}`, 'sms')).toBe(false);
  });

  it('gives the reason to the decision', () => {
    expect(suppressReason(messageAdded({ Body: 'Stop' }), 'parley')).toBe('opt_out_word');
  });
});
