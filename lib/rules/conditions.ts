import { findPattern } from './find-pattern.ts';
import type { Facts } from './read-facts.ts';
import type { When } from './types.ts';

/** One kind of condition. `yes` and `no` teach the author; they quote the rule, never the customer. */
interface Condition {
  /** Whether the rule has this condition at all; the other functions are for those that have. */
  readonly asked: (when: When) => boolean;
  readonly holds: (when: When, facts: Facts) => boolean;
  readonly yes: (when: When, facts: Facts) => string;
  readonly no: (when: When, facts: Facts) => string;
}

/** In the order in which they are looked at: the cheapest and the most telling first. */
const CONDITIONS: readonly Condition[] = [
  {
    asked: () => true,
    holds: (when, facts) => when.event.some((name) => name === facts.event),
    yes: (_, facts) => `event: this is ${facts.event}`,
    no: (when, facts) => `event: this is ${facts.event}, the rule is for ${list(when.event)}`,
  },
  {
    asked: (when) => when.channel !== undefined,
    holds: (when, facts) => when.channel?.includes(facts.channel) === true,
    yes: (_, facts) => `channel: this is ${facts.channel}`,
    no: (when, facts) => `channel: this is ${facts.channel}, the rule is for ${list(when.channel ?? [])}`,
  },
  {
    asked: (when) => when.media !== undefined,
    holds: (when, facts) => hasMedia(when.media, facts.media),
    yes: ({ media }) => `media: the message carries ${typeof media === 'object' ? list(media) : some(media)}`,
    no: ({ media }) =>
      `media: the message carries ${typeof media === 'object' ? `no ${list(media)}` : some(!media)}`,
  },
  {
    asked: (when) => when.keyword !== undefined,
    holds: (when, facts) => when.keyword?.includes(facts.normal) === true,
    yes: (when) => `keyword: the message is ${oneOf(keywords(when))}`,
    no: (when) => `keyword: the message ${noneOf(keywords(when), 'is not', 'is')}`,
  },
  {
    asked: (when) => when.includes !== undefined,
    holds: (when, facts) =>
      when.includes?.some((phrase) => facts.spoken.includes(` ${phrase.words} `)) === true,
    yes: (when) => `includes: the message contains ${oneOf(phrases(when))}`,
    no: (when) => `includes: the message ${noneOf(phrases(when), 'does not contain', 'contains')}`,
  },
  {
    asked: (when) => when.pattern !== undefined,
    holds: (when, facts) => findPattern(when.pattern ?? [], facts.text) !== undefined,
    yes: (when) => `pattern: the message matches ${oneOf(patterns(when))}`,
    no: (when) => `pattern: the message ${noneOf(patterns(when), 'does not match', 'matches')}`,
  },
];

/** The first condition of a rule that the event does not meet; undefined when it meets them all. */
export function findFailure(when: When, facts: Facts): Condition | undefined {
  return CONDITIONS.find((condition) => condition.asked(when) && !condition.holds(when, facts));
}

/** Why a rule whose conditions all hold matched. The event goes without saying where there are others. */
export function whyMatched(when: When, facts: Facts): string {
  const reasons = CONDITIONS.filter((condition) => condition.asked(when)).map((condition) =>
    condition.yes(when, facts),
  );
  return reasons.slice(reasons.length > 1 ? 1 : 0).join('; ');
}

function hasMedia(wanted: When['media'], types: readonly string[]): boolean {
  if (typeof wanted === 'boolean') return wanted === types.length > 0;
  return wanted?.some((glob) => types.some((type) => matchesType(glob, type))) === true;
}

/** `image/*` stands for every subtype. */
function matchesType(glob: string, type: string): boolean {
  return glob.endsWith('/*') ? type.startsWith(glob.slice(0, -1)) : type === glob;
}

function keywords(when: When): readonly string[] {
  return (when.keyword ?? []).map((keyword) => JSON.stringify(keyword));
}

function phrases(when: When): readonly string[] {
  return (when.includes ?? []).map((phrase) => JSON.stringify(phrase.written));
}

function patterns(when: When): readonly string[] {
  return (when.pattern ?? []).map((source) => `/${source}/`);
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? list(values) : `one of ${list(values)}`;
}

function noneOf(values: readonly string[], one: string, several: string): string {
  return values.length === 1 ? `${one} ${list(values)}` : `${several} none of ${list(values)}`;
}

function list(values: readonly string[]): string {
  return values.join(', ');
}

function some(media: boolean | undefined): string {
  return media ? 'media' : 'no media';
}
