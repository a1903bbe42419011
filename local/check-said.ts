import { MISUSED } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';
import { wrongValue } from '../cli/wrong-value.ts';
import { BUSINESS_NUMBER } from '../emulator/index.ts';
import type { SaidBy, SayInput } from './say-once.ts';

/** Who can write on a channel. https://www.twilio.com/docs/glossary/what-e164 */
const AUTHORS: Readonly<Record<SaidBy, { readonly form: RegExp; readonly expected: string }>> = {
  whatsapp: {
    form: /^(?:whatsapp:)?(?:\+[1-9]\d{1,14}|[A-Z]{2}\.[\w-]{1,128})$/,
    expected: 'a number such as +15550100001 on WhatsApp',
  },
  sms: {
    form: /^(?:\+[1-9]\d{1,14}|[1-9]\d{2,5})$/,
    expected: 'a number such as +15550100001 by SMS',
  },
  rcs: { form: /^(?:rcs:)?\+[1-9]\d{1,14}$/, expected: 'a number such as +15550100001 by RCS' },
  messenger: {
    form: /^(?:messenger:)?[^\s:]+$/,
    expected: 'an id such as 1234567890 on Messenger',
  },
  email: { form: /^[^\s@]+@[^\s@]+$/, expected: 'an address such as ana@example.com by e-mail' },
  chat: { form: /./, expected: 'a name such as ana on chat' },
};

/** @throws CommandError for what the options do not allow together */
export function checkSaid({ body, channel, author, media }: SayInput): void {
  if ((body ?? '') === '' && media.length === 0) {
    throw new CommandError(MISUSED, 'Say something, or send --media image/jpeg.');
  }
  if (author === undefined) return;
  const { form, expected } = AUTHORS[channel];
  if (!form.test(author)) throw wrongValue('--author', author, expected);
  if (channel !== 'chat' && author.endsWith(BUSINESS_NUMBER)) {
    throw wrongValue('--author', author, `${expected}, other than the bot's own`);
  }
}
