import type { TextTemplate } from '../render/text-template.ts';

/**
 * Asks a handler of the bot's (handlers/), whose actions stand in its place before anything is carried out
 * (reply/settle-calls.ts).
 */
export interface Call<Plain> {
  readonly kind: 'call';
  readonly handler: string;
  /** What it is given, by name. */
  readonly values: Readonly<Record<string, TextTemplate>>;
  /** Names under which it may remember something. */
  readonly remembers: readonly string[];
  /** What is done instead where it returns nothing that can be carried out. */
  readonly else: readonly Plain[];
}

/** Messages that one call may answer with. */
export const MAX_CALL_MESSAGES = 5;
