import { allOf } from '../lib/rules/render/localize.ts';
import type { RuleBook } from '../lib/rules/types.ts';

/** Which name each SID has in a rules file, for what Twilio was told. */
export function templateNames({ templates }: Pick<RuleBook, 'templates'>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(templates).flatMap(([name, { sid }]) => allOf(sid).map((one) => [one, name])),
  );
}
