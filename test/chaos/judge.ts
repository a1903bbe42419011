/** What is wrong with what a customer saw. */
export interface Verdict {
  /** What never came, although nothing is under way any more. */
  readonly lost: number;
  /** What may still come: the machine was too slow for the patience of whoever looked. */
  readonly waiting: number;
  readonly duplicated: number;
  readonly reordered: number;
}

/**
 * Compares what the bot was to say in a conversation with what it said.
 * @param expected how each message of the bot begins, in order; no two alike.
 * @param seen the texts that the customer got from the bot, in the order in which they stand in the conversation.
 * @param underWay how much may still lead to a reply; 0 when all has come to rest.
 * @returns duplicated counts every message too many, also one that nobody waited for.
 */
export function judge(expected: readonly string[], seen: readonly string[], underWay: number): Verdict {
  const places = expected.map((start) => seen.findIndex((text) => text.startsWith(start)));
  const found = places.filter((place) => place !== -1);
  const missing = expected.length - found.length;
  return {
    lost: underWay === 0 ? missing : 0,
    waiting: underWay === 0 ? 0 : missing,
    duplicated: seen.length - found.length,
    reordered: found.filter((place, at) => place < Math.max(-1, ...found.slice(0, at))).length,
  };
}

export function sum(verdicts: readonly Verdict[]): Verdict {
  const total = (measure: keyof Verdict) => verdicts.reduce((all, verdict) => all + verdict[measure], 0);
  return {
    lost: total('lost'),
    waiting: total('waiting'),
    duplicated: total('duplicated'),
    reordered: total('reordered'),
  };
}
