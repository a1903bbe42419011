import { parseEnv } from 'node:util';

/** What a file of environment variables says. */
export interface EnvFile {
  /** In the order of the file. */
  readonly variables: readonly EnvVariable[];
  /** Numbers of lines that change nothing: not `NAME=value`, or a name that comes again below. */
  readonly idle: readonly number[];
}

export interface EnvVariable {
  readonly name: string;
  readonly value: string;
  /** From 1; absent where it cannot be told, as of a name in quotes. */
  readonly line: number | undefined;
}

/** Reads it as Node does, and finds what Node passes over in silence. https://nodejs.org/api/environment_variables.html#dotenv */
export function parseEnvFile(text: string): EnvFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const read = (some: readonly string[]) => parseEnv(some.join('\n'));
  const values = Object.entries(read(lines));
  const whole = JSON.stringify(values);
  const idle = lines.flatMap((line, at) => {
    if (/^\s*(?:#|$)/.test(line)) return [];
    const without = JSON.stringify(Object.entries(read(lines.toSpliced(at, 1))));
    return without === whole ? [at + 1] : [];
  });
  const lineOf = (name: string) => {
    const at = lines.findLastIndex(
      (line) =>
        line
          .replace(/^\s*(?:export\s+)?/, '')
          .split('=')[0]
          ?.trim() === name,
    );
    return at === -1 ? undefined : at + 1;
  };
  const variables = values.map(([name, value = '']) => ({ name, value, line: lineOf(name) }));
  return { variables: variables.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)), idle };
}
