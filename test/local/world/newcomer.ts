import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parley } from '../../../cli/parley.ts';
import { printLines } from '../../../local/lines/print-lines.ts';
import { say } from '../../../local/say.ts';
import { startWorld, type World } from '../../../local/world.ts';
import { run, withFolder } from '../../cli/support.ts';
import { createRandom } from '../../emulator/start-service.ts';
import { PATIENCE_MS } from '../../support/patience.ts';
import { asShown, type Block } from '../../support/read-blocks.ts';

const RULES = 'bot/rules.yaml';

/** Who follows docs/ten-minutes.md, with a copy of bot/ and the world that `npm start` has started for it. */
export class Newcomer {
  readonly folder: string;
  readonly world: World;
  /** By the last command. */
  private printed = '';
  /** In the terminal of the world, since the last command or change. */
  private lines: string[] = [];

  constructor(folder: string, world: World) {
    this.folder = folder;
    this.world = world;
    printLines(world, { out: (line) => this.lines.push(line) });
  }

  /** Does what a block of the page shows. */
  async follow({ kind, text, at }: Block): Promise<void> {
    switch (kind) {
      case 'sh':
        this.printed = await this.type(text.trim());
        return;
      case 'text':
        expect(this.printed, at).toMatch(asShown(text));
        return;
      case 'console':
        expect(this.lines.join('\n').replaceAll(`${this.folder}/`, ''), at).toMatch(asShown(text));
        return;
      case 'yaml':
        return this.write(text);
      case 'diff':
        return this.change(text);
      default:
        throw new Error(`${at} is a block of another kind: ${kind}`);
    }
  }

  /** Types a command, and reads what it prints. */
  private async type(command: string): Promise<string> {
    this.lines = [];
    const port = new URL(this.world.url).port;
    const [, said] = /^npm run say -- "(.*)"$/.exec(command) ?? [];
    const { out, err } =
      said === undefined
        ? await run(command.replace(/^npx parley /, '').split(' '), this.folder, parley)
        : await run([said, '--port', port], this.folder, say);
    return [err, out]
      .filter((text) => text !== '')
      .join('\n')
      .replaceAll(`:${port}/`, ':4000/');
  }

  /** Writes a file that the page shows whole, or puts a rule in front of the others. */
  private async write(block: string): Promise<void> {
    const [, file = '', text = ''] = /^# (\S+)\n(.*)$/s.exec(block) ?? [];
    if (file !== RULES) writeFileSync(join(this.folder, file), text);
    else await this.edit((rules) => rules.replace(/^rules:\n/m, (line) => `${line}${text}\n`));
  }

  /** Writes the line with + for the one with -. */
  private async change(block: string): Promise<void> {
    const [, from = '', to = ''] = /^-(.*)\n\+(.*)\n$/.exec(block) ?? [];
    await this.edit((rules) => rules.replace(from, to));
  }

  /** Saves the rules, and waits until the world has read them. */
  private async edit(change: (rules: string) => string): Promise<void> {
    const file = join(this.folder, RULES);
    const before = readFileSync(file, 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    const problems = this.world.problems();
    this.lines = [];
    writeFileSync(file, after);
    await expect.poll(() => this.world.problems() === problems, { timeout: PATIENCE_MS }).toBe(false);
  }
}

export async function withNewcomer(use: (newcomer: Newcomer) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    cpSync('bot', join(folder, 'bot'), { recursive: true });
    const random = createRandom(1);
    const world = await startWorld({ port: 0, environment: {}, random, rulesFolder: join(folder, 'bot') });
    try {
      await use(new Newcomer(folder, world));
    } finally {
      await world.stop();
    }
  });
}
