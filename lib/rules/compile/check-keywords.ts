import { CHANNELS } from '../../event/channels.ts';
import { ignoreAccents } from '../../text/ignore-accents.ts';
import { normalizeText } from '../../text/normalize-text.ts';
import type { Rule, When } from '../types.ts';
import type { Spot } from './spot.ts';

/** A keyword where it stands. */
interface KeywordPlace {
  readonly written: string;
  readonly normal: string;
  readonly rule: Rule;
  readonly line: number;
}

/**
 * Notes keywords of different rules that are written differently and yet the same to the bot: the author may believe
 * that each has an answer of its own.
 *
 * @param rules compiled, or undefined where they are broken
 * @param written the keywords of each, as they stand in the file
 */
export function checkKeywords(
  rules: readonly (Rule | undefined)[],
  written: readonly (readonly string[])[],
  spot: Spot,
): void {
  const earlier = new Map<string, KeywordPlace[]>();
  for (const [index, rule] of rules.entries()) {
    if (rule?.when?.keyword === undefined) continue;
    for (const [item, word] of (written[index] ?? []).entries()) {
      const place = spot.at(index, 'when', 'keyword', item);
      const normal = normalizeText(word);
      const key = ignoreAccents(normal);
      const same = earlier.get(key) ?? [];
      const taken = same.find((other) => takesItsMessage(other.rule, rule) && other.written !== word);
      if (taken !== undefined) place.note(describe(word, taken, taken.normal === normal));
      earlier.set(key, [...same, { written: word, normal, rule, line: place.line() }]);
    }
  }
}

function describe(word: string, { written, rule, line }: KeywordPlace, isSame: boolean): string {
  const other = `"${written}" of the rule "${rule.id}" in line ${line}`;
  return isSame
    ? `"${word}" and ${other} are the same keyword: what tells them apart is ignored. "${rule.id}" takes both.`
    : `"${word}" and ${other} differ only in accents. Each takes what is written just so, and "${rule.id}" the rest.`;
}

/** Whether the keyword decides between the two, and nothing else. */
function takesItsMessage(earlier: Rule, later: Rule): boolean {
  if (earlier === later) return false;
  const others = Object.keys(earlier.when ?? {}).filter((name) => !DECIDED_BY_CHANNEL.includes(name));
  if (others.length > 0) return false;
  return channelsOf(later.when).some((channel) => channelsOf(earlier.when).includes(channel));
}

/** Conditions of a rule that takes its keyword whatever else is asked. */
const DECIDED_BY_CHANNEL = ['event', 'keyword', 'channel'];

function channelsOf(when: When | undefined): readonly string[] {
  return when?.channel ?? CHANNELS;
}
