import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, withFolder } from './support.ts';

const RULES = `version: 1
rules:
  - { id: hi, when: { keyword: hi }, then: { text: Hello. } }
  - { id: bye, when: { keyword: bye }, then: { text: Bye. } }
`;
const GOOD = '- talk: a greeting\n  steps:\n    - says: Hi!\n    - bot: Hello.\n';
const WRONG = GOOD.replace('bot: Hello.', 'bot: Good day.');

/** A folder with a bot in `bot/`. */
const withBot = (
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<void>,
  rules = RULES,
) =>
  withFolder(async (folder) => {
    await mkdir(join(folder, 'bot', 'talks'), { recursive: true });
    await writeFile(join(folder, 'bot', 'rules.yaml'), rules);
    for (const [name, text] of Object.entries(files))
      await writeFile(join(folder, 'bot', 'talks', name), text);
    await use(folder);
  });

describe('parley talks', () => {
  it('plays the talks of the bot that ships', async () => {
    expect(await run(['talks'])).toEqual({
      status: 0,
      out: expect.stringMatching(/^\d+ talks: all as written\.$/),
      err: '',
    });
  });

  it('plays those of another bot', () =>
    withBot({ 'a.yaml': GOOD, 'b.yml': GOOD, 'notes.txt': 'no talk' }, async (folder) => {
      expect(await run(['talks', '--bot', join(folder, 'bot')])).toEqual({
        status: 0,
        out: '2 talks: all as written.',
        err: '',
      });
    }));

  it('names file, line and step of what went otherwise, what happened instead, and why', () =>
    withBot({ 'a.yaml': GOOD, 'b.yaml': WRONG }, async (folder) => {
      expect(await run(['talks'], folder)).toEqual({
        status: 1,
        out: '',
        err: [
          'bot/talks/b.yaml:4:7: a greeting, step 2',
          '  Expected "Good day.", and the bot said "Hello." (rule "hi").',
          '  ✓ hi: keyword: the message is "hi"',
          '  · 1 more, not asked: the first match wins',
          '1 of 2 talks went otherwise.',
        ].join('\n'),
      });
    }));

  it('plays what it can, and says what is wrong with the other files', () =>
    withBot({ 'a.yaml': GOOD, 'b.yaml': GOOD.replace('says', 'said') }, async (folder) => {
      const { status, err } = await run(['talks'], folder);
      expect(status).toBe(1);
      expect(err).toMatch(/^bot\/talks\/b\.yaml:3:7: The key "said" is not known here\./);
      expect(err).toMatch(/\n1 problem; with one in a file, its talks are not played\.$/);
    }));

  it('says what is wrong with the rules', () =>
    withBot(
      { 'a.yaml': GOOD },
      async (folder) => {
        const { status, err } = await run(['talks'], folder);
        expect({ status, err }).toEqual({
          status: 1,
          err: expect.stringMatching(/^bot\/rules\.yaml:1:10: Version 2 is not known\./),
        });
      },
      RULES.replace('1', '2'),
    ));

  it('says how to name another folder where there is no such bot', () =>
    withFolder(async (folder) => {
      expect((await run(['talks', '--bot', 'none'], folder)).err).toContain(
        'none/rules.yaml:1:1: There is no such file. Name another: parley talks --bot <folder>',
      );
      await writeFile(join(folder, 'file'), '');
      expect((await run(['talks', '--bot', 'file'], folder)).err).toContain(
        'file/rules.yaml:1:1: "file" is not a folder. Name another: parley talks --bot <folder>',
      );
    }));

  it('says so where there are no talks', () =>
    withBot({}, async (folder) => {
      const { status, err } = await run(['talks'], folder);
      expect({ status, err }).toEqual({
        status: 1,
        err: expect.stringMatching(
          /^bot\/talks:1:1: There are no talks\. Write one into a file that ends in \.yaml/,
        ),
      });
    }));

  it('with --coverage says what no talk shows', () =>
    withBot({ 'a.yaml': GOOD }, async (folder) => {
      const { status, out } = await run(['talks', '--coverage'], folder);
      expect({ status, out }).toEqual({
        status: 0,
        out: [
          '1 of 2 rules and items of an "otherwise" answer in a talk.',
          '  no talk reaches bye',
          'Conditions that held whenever they were asked, so no talk shows what they are for:',
          '  hi: keyword',
          '1 talk: all as written.',
        ].join('\n'),
      });
    }));

  it('takes a step that is empty for a failure, and with --update fills it in', () =>
    withBot({ 'a.yaml': GOOD.replace(' Hello.', ' # what?') }, async (folder) => {
      expect(await run(['talks'], folder)).toMatchObject({
        status: 1,
        err: expect.stringContaining('This step is empty. With --update it becomes: bot: "Hello."'),
      });
      expect(await run(['talks', '--update'], folder)).toMatchObject({ status: 0 });
      expect(await readFile(join(folder, 'bot', 'talks', 'a.yaml'), 'utf8')).toBe(
        GOOD.replace(' Hello.', ' Hello. # what?'),
      );
    }));

  it('with --json prints one object and nothing else', () =>
    withBot({ 'a.yaml': GOOD, 'b.yaml': WRONG }, async (folder) => {
      const { status, out, err } = await run(['talks', '--json', '--coverage'], folder);
      expect({ status, err }).toEqual({ status: 1, err: '' });
      expect(JSON.parse(out)).toEqual({
        talks: [
          { talk: 'a greeting', file: 'bot/talks/a.yaml', line: 1, isGood: true },
          {
            talk: 'a greeting',
            file: 'bot/talks/b.yaml',
            line: 1,
            isGood: false,
            failure: {
              line: 4,
              column: 7,
              step: 2,
              message: 'Expected "Good day.", and the bot said "Hello." (rule "hi").',
              said: [{ rule: 'hi', kind: 'text', text: 'Hello.' }],
              considered: expect.arrayContaining([expect.objectContaining({ rule: 'hi', matched: true })]),
            },
          },
        ],
        problems: [],
        notes: [],
        coverage: { all: 2, unreached: ['bye'], neverFailed: [{ rule: 'hi', condition: 'keyword' }] },
      });
    }));

  it('does not know a command line that makes no sense', async () => {
    expect(await run(['talks', '--wach'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('Did you mean "--watch"?'),
    });
  });
});
