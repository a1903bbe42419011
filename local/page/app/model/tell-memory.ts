import { liveMemory } from '../../../../lib/rules/live-memory.ts';
import type { Conversation, Model } from './model.ts';

/** What a conversation remembers. */
export interface Remembered {
  readonly question: { readonly rule: string; readonly until: number; readonly misses: number } | undefined;
  readonly values: readonly (readonly [name: string, value: string])[];
}

/** @param now world time, in milliseconds since the epoch */
export function tellMemory(
  { rules }: Pick<Model, 'rules'>,
  { noted }: Conversation,
  now: number,
): Remembered {
  const { question, values = {} } = liveMemory(noted?.memory ?? {}, now);
  const wait = question && rules?.waits[question.rule];
  const until = question && wait ? question.at + wait.ms : Number.NEGATIVE_INFINITY;
  const isOpen = question !== undefined && now <= until;
  return {
    question: isOpen ? { rule: question.rule, until, misses: question.misses } : undefined,
    values: Object.entries(values),
  };
}
