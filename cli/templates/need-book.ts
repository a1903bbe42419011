import type { RuleBook } from '../../lib/rules/types.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Look } from '../doctor/look.ts';

/** @throws CommandError where the rules have problems */
export async function needBook({ book }: Pick<Look, 'book'>): Promise<RuleBook> {
  const good = await book();
  if (good !== undefined) return good;
  throw new CommandError(FAILED, 'bot/rules.yaml has problems: npx parley rules check says which.');
}
