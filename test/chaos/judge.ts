/** What is wrong with what a customer saw. */
export interface Verdict {
  readonly lost: number;
  readonly duplicated: number;
  readonly reordered: number;
}

/**
 * Compares what the bot was to say in a conversation with what it said.
 * @param expected how each message of the bot begins, in order; no two alike.
 * @param seen the texts that the customer got from the bot, in the order in which they stand in the conversation.
 * @returns duplicated counts every message too many, also one that nobody waited for.
 */
export function judge(expected: readonly string[], seen: readonly string[]): Verdict {
  const places = expected.map((start) => seen.findIndex((text) => text.startsWith(start)));
  const found = places.filter((place) => place !== -1);
  return {
    lost: expected.length - found.length,
    duplicated: seen.length - found.length,
    reordered: found.filter((place, at) => place < Math.max(-1, ...found.slice(0, at))).length,
  };
}

export function sum(verdicts: readonly Verdict[]): Verdict {
  const total = (measure: keyof Verdict) => verdicts.reduce((all, verdict) => all + verdict[measure], 0);
  return { lost: total('lost'), duplicated: total('duplicated'), reordered: total('reordered') };
}
