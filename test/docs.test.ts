import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WRITTEN, withTable } from '../build/write-docs.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const DOCS = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', ...globSync('docs/*.md')];

/** Which test runs what a command runs. Builds and servers are shared between tests, so they run the script behind it. */
const RUN_BY: Readonly<Record<string, string>> = {
  start: 'test/local/world/start.test.ts',
  say: 'test/local/world/say.test.ts',
  world: 'test/local/world/start.test.ts',
  test: '.ci/run',
  package: 'test/package/deploy.test.ts',
  deploy: 'test/package/deploy.test.ts',
};

describe('npm run docs', () => {
  it.each(WRITTEN)('has made the table of $name in $file from the code as it is', (written) => {
    expect(withTable(read(written.file), written)).toBe(read(written.file));
  });
});

describe('the README', () => {
  it.each(['README.md', 'CONTRIBUTING.md'])('says as %s does which Node its scripts ask for', (file) => {
    const { problemOf } = createRequire(import.meta.url)('../cli/node-version.cjs') as {
      readonly problemOf: (version: string) => string;
    };
    const [, needed = ''] = /needs Node (\S+) or later/.exec(problemOf('20.0.0')) ?? [];
    expect(read(file)).toContain(`${needed} or later`);
  });

  it('gets a user to a running bot and to the tests with two commands', () => {
    expect(read('README.md')).toContain('npm ci && npm start');
    expect(read('README.md')).toContain('npm ci && npm test');
  });
});

/** As GitHub makes them: https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links */
function headingsOf(file: string): readonly string[] {
  return [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe.each(DOCS)('%s', (file) => {
  it('links only to files that are there', () => {
    const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target);
    expect(links.filter((target) => !existsSync(join(dirname(file), target)))).toEqual([]);
  });

  it('links only to headings that are there', () => {
    const links = [...read(file).matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)/g)].map(
      ([, target = '', heading = '']) => [target === '' ? file : join(dirname(file), target), heading],
    );
    expect(links.filter(([target = '', heading = '']) => !headingsOf(target).includes(heading))).toEqual([]);
  });

  it('names only commands that there are', () => {
    const named = [...read(file).matchAll(/npm (?:run )?(start|test|run [\w:-]+)/g)]
      .map(([, name = '']) => name.replace('run ', ''))
      .filter((name) => name !== 'ci');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

describe('each command of the README', () => {
  it('is run by a test that is there', () => {
    const named = [...read('README.md').matchAll(/^npm (?:run )?(start|test|\w+)/gm)].map(
      ([, name = '']) => name,
    );
    expect(Object.keys(RUN_BY)).toEqual(expect.arrayContaining(named.filter((name) => name !== 'ci')));
    for (const [name, test] of Object.entries(RUN_BY)) {
      expect(scripts, name).toHaveProperty(name);
      expect(existsSync(test), test).toBe(true);
    }
  });
});
