import { globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FOREIGN_CODE } from './support/import-graph.ts';

interface ErrorClass {
  readonly file: string;
  readonly className: string;
  readonly isAbstract: boolean;
  /** Down to the first line of its body. */
  readonly source: string;
}

/** Whatever extends an error is one, and its own name is checked below; so none is missed. */
const CLASS = /(abstract )?class (\w+) extends \w*Error\b[^{]*\{(?:\n.*\n)?/g;
const ROOMS = '{lib,functions,emulator,local,cli,build,bench,talks}/**/*.{ts,tsx,mjs}';

const classes: ErrorClass[] = globSync(ROOMS, { exclude: FOREIGN_CODE }).flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(CLASS)].map(([source, abstract, className = '']) => ({
    file,
    className,
    isAbstract: abstract !== undefined,
    source,
  })),
);

/** What a constructor needs to come to its end, where an empty list is not enough. */
const MADE_FROM: Readonly<Record<string, readonly unknown[]>> = { RefusalError: [20404] };
const ANYTHING = [[], [], [], []];

/** The codes that a file gives its errors; those that tell several causes apart come with the cause. */
const codesOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/readonly code = '([^']*)'/g)].map(([, code = '']) => code);
const codes = globSync(ROOMS, { exclude: FOREIGN_CODE }).flatMap(codesOf);

describe('the errors', () => {
  it('are found', () => {
    expect(classes.map(({ className }) => className)).toEqual(
      expect.arrayContaining(['BotError', 'CommandError', 'ConfigError', 'RateLimitedError', 'RefusalError']),
    );
  });

  it('have each a code of their own, in snake_case', () => {
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !/^[a-z]+(_[a-z]+)*$/.test(code))).toEqual([]);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it('have each a name of their own', () => {
    const names = classes.map(({ className }) => className);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe.each(classes)('$className', ({ file, className }) => {
  it('says in its name that it is an error', () => {
    expect(className).toMatch(/Error$/);
  });

  it('is in a file that is named for it, or for the errors of one subject', () => {
    const kebab = className.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();
    expect(basename(file)).toMatch(new RegExp(`^(${kebab}|([\\w-]+-)?errors)\\.ts$`));
  });
});

describe.each(classes.filter(({ isAbstract }) => !isAbstract))(
  '$className',
  ({ file, className, source }) => {
    it('is told by its name whatever a minifier calls it', async () => {
      const module = (await import(resolve(file))) as Readonly<
        Record<string, new (...args: unknown[]) => Error>
      >;
      const Class = module[className] ?? expect.fail('not exported');
      const error = new Class(...(MADE_FROM[className] ?? ANYTHING));
      expect(error).toBeInstanceOf(Error);
      expect(Object.getOwnPropertyDescriptor(error, 'name')?.value).toBe(className);
      expect(source).toContain(`override readonly name = '${className}' as const;`);
    });
  },
);
