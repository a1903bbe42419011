/** A conversation that was played, as a talk. */
export interface TalkDraft {
  readonly name: string;
  readonly channel: string | undefined;
  /** When it began, in milliseconds since the epoch. */
  readonly at: number;
  readonly steps: readonly DraftStep[];
}

/** The step's key, and what it holds: texts, lists and mappings. */
export type DraftStep = readonly [key: string, value: unknown];

/** A file of one talk. It takes no YAML library, for the page writes talks too. */
export function writeTalk({ name, channel, at, steps }: TalkDraft): string {
  return [
    `- talk: ${writeText(name)}`,
    ...(channel === undefined ? [] : [`  channel: ${channel}`]),
    `  at: ${new Date(at).toISOString().slice(0, 19)}`,
    '  steps:',
    ...steps.map(([key, value]) => `    - ${key}: ${writeValue(value)}`),
    '',
  ].join('\n');
}

function writeValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeValue).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return writeText(String(value));
  const entries = Object.entries(value).map(([key, one]) => `${writeText(key)}: ${writeValue(one)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Words that YAML cannot take for anything else need no quotes. */
const PLAIN = /^\p{L}[\p{L}\p{N} .!?’'_/-]*$/u;

function writeText(text: string): string {
  return PLAIN.test(text) && text.trim() === text ? text : JSON.stringify(text);
}
