import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { watchFiles } from '../../talks/watch-files.ts';
import { withFolder } from '../cli/support.ts';
import { PATIENCE_MS } from '../support/patience.ts';

const PATTERNS = ['rules.yaml', 'templates/*.json'];
const RULES = 'rules.yaml';
const TEMPLATE = join('templates', 'order.json');

/** Follows a bot with a template, and waits for each change before the next is made. */
async function change(steps: (bot: string) => readonly (() => void)[]): Promise<void> {
  await withFolder(async (folder) => {
    const bot = join(folder, 'bot');
    mkdirSync(join(bot, 'templates'), { recursive: true });
    writeFileSync(join(bot, RULES), 'version: 1');
    writeFileSync(join(bot, TEMPLATE), '{}');
    const changed = vi.fn();
    const end = watchFiles(bot, PATTERNS, changed, 5);
    for (const [at, step] of steps(bot).entries()) {
      step();
      await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(at + 1), { timeout: PATIENCE_MS });
    }
    end();
  });
}

/** As editors, `sed -i` and git save: a whole new file takes the place of the old one. */
function replace(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

it.each([RULES, TEMPLATE])(
  // A watcher of the system went on watching the file that the first save had put away.
  'tells of %s saved by putting another file in its place, twice, and then written as it is',
  (name) =>
    change((bot) => [
      () => replace(join(bot, name), 'first'),
      () => replace(join(bot, name), 'other'),
      () => writeFileSync(join(bot, name), 'third'),
    ]),
);

it('tells of a file that an editor moves to a backup, and of nothing for the backup itself', () =>
  change((bot) => [
    () => {
      renameSync(join(bot, RULES), join(bot, `${RULES}~`));
      writeFileSync(join(bot, RULES), 'version: 2');
    },
    () => {
      writeFileSync(join(bot, `.${RULES}.swp`), 'an editor is open');
      writeFileSync(join(bot, RULES), 'version: 3');
    },
  ]));

it('tells of files made and removed, as by git checkout', () =>
  change((bot) => [
    () => rmSync(join(bot, 'templates'), { recursive: true }),
    () => {
      mkdirSync(join(bot, 'templates'));
      writeFileSync(join(bot, TEMPLATE), '{}');
    },
    () => writeFileSync(join(bot, TEMPLATE), '{"a":1}'),
    () => rmSync(join(bot, RULES)),
    () => writeFileSync(join(bot, RULES), 'version: 1'),
  ]));

it('goes on when the folder itself is put away and another takes its place', () =>
  change((bot) => [
    () => {
      cpSync(bot, `${bot}.new`, { recursive: true });
      renameSync(bot, `${bot}.old`);
      renameSync(`${bot}.new`, bot);
    },
    () => writeFileSync(join(bot, RULES), 'version: 2'),
    () => rmSync(bot, { recursive: true }),
    () => {
      mkdirSync(bot);
      writeFileSync(join(bot, RULES), 'version: 3');
    },
  ]));

it('tells nothing more once it has ended', () =>
  withFolder(async (folder) => {
    const changed = vi.fn();
    const end = watchFiles(folder, PATTERNS, changed, 1);
    const still = vi.fn();
    const endOther = watchFiles(folder, PATTERNS, still, 5);
    end();
    writeFileSync(join(folder, RULES), 'version: 1');
    await vi.waitFor(() => expect(still).toHaveBeenCalled(), { timeout: PATIENCE_MS });
    endOther();
    expect(changed).not.toHaveBeenCalled();
  }));
