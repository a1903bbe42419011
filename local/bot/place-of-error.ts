import { SourceMap } from 'node:module';
import { join } from 'node:path';
import type { Problem } from '../../lib/rules/compile/problem.ts';

/** A file that was made of others, and is run under this name. */
export interface MadeFile {
  readonly name: string;
  /** Of its source map, as JSON. */
  readonly map: string;
}

/** Frames of a stack: https://v8.dev/docs/stack-trace-api */
const FRAME = /\(?([^\s()]+):(\d+):(\d+)\)?$/;
/** Of packages, and of what stands outside of the bot's folder. */
const NOT_THE_AUTHORS = /^\.\.\/|(?:^|\/)node_modules\//;

/**
 * Where in its sources what a file threw was thrown: in a file of the author's, where one had a part in it.
 * @param shown how messages name the folder of the sources
 * @returns undefined for what says of itself nothing of where it comes from, such as a text
 */
export function placeOfError(
  thrown: unknown,
  { name, map }: MadeFile,
  shown: string,
): Pick<Problem, 'file' | 'line' | 'column'> | undefined {
  const sources = new SourceMap(JSON.parse(map) as ConstructorParameters<typeof SourceMap>[0]);
  const places = stackOf(thrown)
    .split('\n')
    .flatMap((frame) => {
      const [, file, line, column] = FRAME.exec(frame) ?? [];
      if (file !== name) return [];
      const entry = sources.findEntry(Number(line) - 1, Number(column) - 1);
      if (!('originalLine' in entry)) return [];
      const { originalSource, originalLine, originalColumn } = entry;
      return [{ source: originalSource, line: originalLine + 1, column: originalColumn + 1 }];
    });
  const place = places.find(({ source }) => !NOT_THE_AUTHORS.test(source)) ?? places[0];
  return place && { file: join(shown, place.source), line: place.line, column: place.column };
}

/** It may be anything, and may throw when it is asked. */
function stackOf(thrown: unknown): string {
  try {
    return String(Object(thrown).stack);
  } catch {
    return '';
  }
}
