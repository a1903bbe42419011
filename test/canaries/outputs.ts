import { inspect } from 'node:util';
import type { Canaries } from './canaries.ts';

export interface Leak {
  /** Where it came out: `log`, `answer`, `error` … */
  readonly output: string;
  /** Where it was planted. */
  readonly place: string;
  /** How it begins. */
  readonly text: string;
}

/** Everything that leaves the bot other than to Twilio and to its own queue and table. */
export interface Outputs {
  add(output: string, value: unknown): void;
  /** What was added to one output, as text. */
  of(output: string): readonly string[];
  leaks(canaries: Canaries): readonly Leak[];
}

export function createOutputs(): Outputs {
  const all: { readonly output: string; readonly value: unknown }[] = [];
  return {
    add: (output, value) => {
      all.push({ output, value });
    },
    of: (name) => all.filter(({ output }) => output === name).map(({ value }) => show(value)),
    leaks: (canaries) =>
      all.flatMap(({ output, value }) => {
        const text = show(value);
        return canaries.found(text).map((place) => ({ output, place, text: text.slice(0, 200) }));
      }),
  };
}

/** Every way in which a value gets printed: by hand, by a console, as JSON, with all it hides and what caused it. */
function show(value: unknown): string {
  if (typeof value === 'string') return value;
  const hidden = inspect(value, { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null });
  const json = JSON.stringify(value) ?? '';
  if (!(value instanceof Error)) return [hidden, json].join('\n');
  const parts = value instanceof AggregateError ? value.errors : [];
  const behind = [value.cause, ...parts].filter((error) => error !== undefined).map(show);
  return [String(value), value.message, value.stack, hidden, json, ...behind].join('\n');
}
