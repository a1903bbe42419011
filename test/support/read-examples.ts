import { globSync, readFileSync } from 'node:fs';

/** An `@example` of a docstring. */
export interface Example {
  /** File and line of its `@example`. */
  readonly at: string;
  readonly code: string;
}

/** Every TypeScript example in the docstrings of `patterns`. */
export function readExamples(patterns: readonly string[]): readonly Example[] {
  return globSync(patterns).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return [...text.matchAll(/@example[^\n]*\n\s*\* ```ts\n([\s\S]*?)\n\s*\* ```/g)].map((found) => ({
      at: `${file}:${text.slice(0, found.index).split('\n').length}`,
      code: (found[1] ?? '').replaceAll(/^\s*\* ?/gm, ''),
    }));
  });
}

/** Every TypeScript file that a document shows, which begins with its name: `// bot/handlers.ts`. */
export function readSnippets(document: string): readonly Example[] {
  const text = readFileSync(document, 'utf8');
  return [...text.matchAll(/^```ts\n\/\/ (\w+)\/.*\n([\s\S]*?)^```$/gm)].map((found) => ({
    at: `${document}:${text.slice(0, found.index).split('\n').length}`,
    code: (found[2] ?? '').replaceAll("'./", `'./${found[1]}/`),
  }));
}
