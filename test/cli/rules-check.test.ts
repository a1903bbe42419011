import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONDITION_FORMS } from '../../lib/rules/compile/conditions/condition-forms.ts';
import { run, withFolder } from './support.ts';

const HX = `HX${'a'.repeat(32)}`;
const GOOD = 'version: 1\nrules:\n  - { id: a, when: { keyword: hi }, then: { text: Hello } }\n';
const USING = `version: 1\ntemplates: { t: { sid: ${HX}, variables: [a] } }\nrules: []\notherwise: { template: t, variables: { a: x } }\n`;
/** What is said of the file mine.yaml with one rule. */
const SUM = [
  'mine.yaml: good. 1 rule, 0 templates, nothing otherwise.',
  'The most messages that one message can cost: a 1.',
  'Remembered of a conversation: nothing.',
  'Twilio must send: --data-urlencode "Filters=onMessageAdded" --data-urlencode "Filters=onConversationUpdated" --data-urlencode "Filters=onConversationStateUpdated" --data-urlencode "Filters=onParticipantRemoved" --data-urlencode "Filters=onDeliveryUpdated"',
].join('\n');

describe('parley rules check', () => {
  it('finds nothing wrong with the sample bot, which is what it looks at by default', async () => {
    expect(await run(['rules', 'check'])).toEqual({
      status: 0,
      out: expect.stringMatching(
        /^bot\/rules\.yaml: good\. \d+ rules, \d+ templates, an answer otherwise\.\n/,
      ),
      err: '',
    });
  });

  it('sums a good file up, and says what it costs, what is remembered and what Twilio must send', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'mine.yaml'), GOOD);
      expect(await run(['rules', 'check', 'mine.yaml'], folder)).toEqual({
        status: 0,
        out: SUM,
        err: '',
      });
    }));

  it('prints every problem with its place, and how many there are', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'mine.yaml');
      await writeFile(file, GOOD.replace('version: 1', 'version: 2').replace('keyword', 'keywrod'));
      expect(await run(['rules', 'check', file])).toEqual({
        status: 1,
        out: '',
        err: [
          `${file}:1:10: Version 2 is not known. Write: version: 1`,
          `${file}:3:22: The key "keywrod" is not known here. Allowed: ${Object.keys(CONDITION_FORMS).join(', ')}. Did you mean "keyword"?`,
          `2 problems in ${file}.`,
        ].join('\n'),
      });
    }));

  it('says what is wrong with the rules where the handlers beside them cannot be read', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'mine.yaml');
      const handlers = join(folder, 'handlers.ts');
      await writeFile(file, GOOD.replace('{ text: Hello }', '{ call: look, else: { texd: Not now. } }'));
      await writeFile(handlers, 'export default 7;\n');
      expect(await run(['rules', 'check', file])).toEqual({
        status: 1,
        out: '',
        err: expect.stringMatching(
          /mine\.yaml:3:\d+: The key "texd" is not .*\n.*handlers\.ts:1:16: What this file .*\n2 problems in 2 files\.$/,
        ),
      });
    }));

  it('with --json prints one object and nothing else, with every problem', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'mine.yaml'), GOOD.replace('version: 1', 'version: 2'));
      const { status, out, err } = await run(['rules', 'check', 'mine.yaml', '--json'], folder);
      expect({ status, err }).toEqual({ status: 1, err: '' });
      expect(JSON.parse(out)).toEqual({
        problems: [
          {
            file: 'mine.yaml',
            line: 1,
            column: 10,
            severity: 'error',
            message: 'Version 2 is not known. Write: version: 1',
          },
        ],
        notes: [],
      });
    }));

  it('with --json has the notes on a good file too', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'mine.yaml'), USING);
      const { status, out, err } = await run(['rules', 'check', '--json', 'mine.yaml'], folder);
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(JSON.parse(out)).toMatchObject({
        problems: [],
        notes: [
          {
            file: 'mine.yaml',
            line: 2,
            column: 12,
            severity: 'note',
            message: 'There is no folder "templates" beside this file, so placeholders are not compared.',
          },
        ],
        events: [
          'onMessageAdded',
          'onConversationUpdated',
          'onConversationStateUpdated',
          'onParticipantRemoved',
          'onDeliveryUpdated',
        ],
        remembers: { values: [], questions: {}, once: 0, for: '30d' },
        costs: [{ rule: 'otherwise', messages: { whatsapp: 1, sms: 1, rcs: 1, messenger: 1, chat: 1 } }],
      });
    }));

  it('with --json says that a file is not there', () =>
    withFolder(async (folder) => {
      const { status, out } = await run(['rules', 'check', 'none.yaml', '--json'], folder);
      expect(status).toBe(1);
      expect(JSON.parse(out).problems).toMatchObject([{ file: 'none.yaml', line: 1, column: 1 }]);
    }));

  it('says that a file is not there', () =>
    withFolder(async (folder) => {
      expect(await run(['rules', 'check', 'none.yaml'], folder)).toEqual({
        status: 1,
        out: '',
        err: 'none.yaml:1:1: There is no such file. Name another: parley rules check <file>\n1 problem in none.yaml.',
      });
    }));

  it('says that a folder is not a file', () =>
    withFolder(async (folder) => {
      expect((await run(['rules', 'check', '.'], folder)).err).toContain(
        '.:1:1: This is a folder. Name the rules file in it.',
      );
    }));

  it('says that a file is not a folder', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'file'), '');
      const { status, err } = await run(['rules', 'check', 'file/rules.yaml'], folder);
      expect(status).toBe(1);
      expect(err).toContain(
        'file/rules.yaml:1:1: "file" is not a folder. Name another: parley rules check <file>',
      );
    }));

  it('says what the system says about a file that cannot be read', () =>
    withFolder(async (folder) => {
      await symlink('loop.yaml', join(folder, 'loop.yaml'));
      const { status, err } = await run(['rules', 'check', 'loop.yaml'], folder);
      expect(status).toBe(1);
      expect(err).toContain('loop.yaml:1:1: This file cannot be read: Error: ELOOP');
    }));

  it('prints notes on a good file beside its sum', () =>
    withFolder(async (folder) => {
      const yaml = 'version: 1\nrules:\n  - id: a\n    when: {}\n    then:\n      text: Order #12\n';
      await writeFile(join(folder, 'mine.yaml'), yaml);
      expect(await run(['rules', 'check', 'mine.yaml'], folder)).toEqual({
        status: 0,
        out: SUM,
        err: expect.stringMatching(
          /^note: mine\.yaml:6:13: "#12" is a comment: # after a space begins one, so all/,
        ),
      });
    }));

  it.each([
    ['UTF-16', Buffer.from(`\ufeff${GOOD}`, 'utf16le'), '1:1: This file is saved as UTF-16.'],
    ['Latin-1', Buffer.from(GOOD.replace('Hello', 'Café'), 'latin1'), '3:54: This is not UTF-8:'],
  ])('says that a file is saved in %s', (_, bytes, problem) =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'mine.yaml'), bytes);
      const { status, err } = await run(['rules', 'check', 'mine.yaml'], folder);
      expect(status).toBe(1);
      expect(err).toContain(`mine.yaml:${problem}`);
    }),
  );

  it('says that a template’s file is saved in Latin-1', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'mine.yaml'), USING);
      await mkdir(join(folder, 'templates'));
      await writeFile(join(folder, 'templates', 't.json'), Buffer.from('{"a": "é"}', 'latin1'));
      expect((await run(['rules', 'check', 'mine.yaml'], folder)).err).toContain(
        'templates/t.json:1:8: This is not UTF-8:',
      );
    }));

  it('reads a file with a byte order mark', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'mine.yaml'), `\ufeff${GOOD}`);
      expect((await run(['rules', 'check', 'mine.yaml'], folder)).status).toBe(0);
    }));

  it('compares the templates beside the file', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'mine.yaml'), USING);
      await mkdir(join(folder, 'templates'));
      await writeFile(
        join(folder, 'templates', 't.json'),
        JSON.stringify({
          language: 'en',
          variables: { b: 'x' },
          types: { 'twilio/text': { body: '{{b}}' } },
        }),
      );
      expect((await run(['rules', 'check', 'mine.yaml'], folder)).err.split('\n')).toEqual([
        'templates/t.json:1:48: The rules file declares the variable "a", and no placeholder {{a}} is here.',
        'templates/t.json:1:71: The placeholder {{b}} is not among the variables that the rules file declares.',
        '2 problems in templates/t.json.',
      ]);
    }));

  it('notes that there are none, and is content', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'mine.yaml'), USING);
      expect(await run(['rules', 'check', 'mine.yaml'], folder)).toEqual({
        status: 0,
        out: expect.stringMatching(/^mine\.yaml: good\. 0 rules, 1 template, an answer otherwise\.\n/),
        err: 'note: mine.yaml:2:12: There is no folder "templates" beside this file, so placeholders are not compared.',
      });
    }));
});
