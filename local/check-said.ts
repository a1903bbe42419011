import { MISUSED } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';
import { wrongValue } from '../cli/wrong-value.ts';
import { BUSINESS_NUMBER } from '../emulator/index.ts';
import { AUTHOR_FORMS } from './author-forms.ts';
import type { SayInput } from './say-once.ts';

/** @throws CommandError for what the options do not allow together */
export function checkSaid({ body, channel, author, media }: SayInput): void {
  if ((body ?? '') === '' && media.length === 0) {
    throw new CommandError(MISUSED, 'Say something, or send --media image/jpeg.');
  }
  if (author === undefined) return;
  const { form, expected } = AUTHOR_FORMS[channel];
  if (!form.test(author)) throw wrongValue('--author', author, expected);
  if (channel !== 'chat' && author.endsWith(BUSINESS_NUMBER)) {
    throw wrongValue('--author', author, `${expected}, other than the bot's own`);
  }
}
