import { ANSWERED_EVENTS, CHANNELS, type Rule, type When } from '../types.ts';
import type { Findings } from './findings.ts';

/** Ids must be unique, and every rule must be able to match. Broken rules are passed over. */
export function checkOrder(rules: readonly (Rule | undefined)[], { page, problems }: Findings): void {
  const seen = new Map<string, number>();
  const open: { readonly rule: Rule; readonly index: number }[] = [];
  for (const [index, rule] of rules.entries()) {
    if (rule === undefined) continue;
    const first = seen.get(rule.id);
    if (first !== undefined) {
      const { line } = page.at(['rules', first, 'id'], '');
      problems.push(
        page.at(
          ['rules', index, 'id'],
          `The id "${rule.id}" is already used in line ${line}. Give each rule its own.`,
        ),
      );
    }
    seen.set(rule.id, first ?? index);
    const cover = open.find((earlier) => matchesAllOf(earlier.rule.when, rule.when));
    if (cover !== undefined) {
      problems.push(
        page.at(
          ['rules', index, 'id'],
          `The rule "${rule.id}" is never reached: "${cover.rule.id}" before it matches everything. Move it up, or use "otherwise" for the rest.`,
        ),
      );
    }
    if (isUnconditional(rule.when)) open.push({ rule, index });
  }
}

function isUnconditional({ keyword, includes, pattern, media }: When): boolean {
  return keyword === undefined && includes === undefined && pattern === undefined && media === undefined;
}

/** Whether an unconditional `earlier` takes every event and channel that `later` waits for. */
function matchesAllOf(earlier: When, later: When): boolean {
  const events = ANSWERED_EVENTS.filter((event) => later.event.includes(event));
  const channels = CHANNELS.filter((channel) => later.channel?.includes(channel) ?? true);
  return (
    events.every((event) => earlier.event.includes(event)) &&
    channels.every((channel) => earlier.channel?.includes(channel) ?? true)
  );
}
