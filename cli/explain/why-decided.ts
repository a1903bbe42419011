import { join } from 'node:path';
import { loadRules } from '../../build/load-rules.ts';
import { eventTime } from '../../lib/event/event-time.ts';
import { decide } from '../../lib/rules/decide.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { plural } from '../plural.ts';
import type { Evidence } from './evidence.ts';

/** Says why a message was decided as its record says; undefined where the rules that it has do not tell. */
export type WhyDecided = (evidence: Evidence) => string | undefined;

/**
 * By the rules in this folder, which may be others than the deployed ones. A record keeps which rule it was, and not
 * why; it says so where these rules take the message in the same way, without what the conversation remembered then.
 */
export async function whyByRulesIn(folder: string): Promise<WhyDecided> {
  const compiled = await loadRules(join(folder, 'bot/rules.yaml'), 'bot/rules.yaml');
  return compiled.ok ? (evidence) => whyDecided(compiled.book, evidence) : () => undefined;
}

export function whyDecided(book: RuleBook, { event, record }: Evidence): string | undefined {
  if (event === undefined || record === undefined) return undefined;
  const decision = decide(book, event, {}, eventTime(event, record.receivedAt));
  if (!('considered' in decision)) return undefined;
  const { considered } = decision;
  if (record.finished?.outcome === 'no_rule')
    return decision.outcome === 'no_rule'
      ? `none of ${plural(considered.length, 'rule')} matched`
      : undefined;
  const at = considered.findIndex(({ rule, matched }) => matched && rule === record.rule);
  const found = considered[at];
  if (found === undefined || !('rule' in decision) || decision.rule !== record.rule) return undefined;
  return `${found.why}; ${plural(at, 'rule')} before it did not match`;
}
