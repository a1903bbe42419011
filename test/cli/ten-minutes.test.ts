import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parley } from '../../cli/parley.ts';
import { say } from '../../local/say.ts';
import { startWorld, type World } from '../../local/world.ts';
import { createRandom } from '../emulator/start-service.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { asShown, type Block, readBlocks } from '../support/read-blocks.ts';
import { run, withFolder } from './support.ts';

const PAGE = readBlocks('docs/ten-minutes.md');
const RULES = 'bot/rules.yaml';

/** A newcomer, with a copy of bot/ and the world that `npm start` has started for it. */
class Newcomer {
  readonly folder: string;
  readonly world: World;

  constructor(folder: string, world: World) {
    this.folder = folder;
    this.world = world;
  }

  /** Types a command, and reads what it prints. */
  async type(command: string): Promise<string> {
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
  async write(block: string): Promise<void> {
    const [, file = '', text = ''] = /^# (\S+)\n(.*)$/s.exec(block) ?? [];
    if (file !== RULES) writeFileSync(join(this.folder, file), text);
    else await this.edit((rules) => rules.replace(/^rules:\n/m, (line) => `${line}${text}\n`));
  }

  /** Writes the line with + for the one with -. */
  async change(block: string): Promise<void> {
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
    writeFileSync(file, after);
    await expect.poll(() => this.world.problems() === problems, { timeout: PATIENCE_MS }).toBe(false);
  }
}

async function withNewcomer(use: (newcomer: Newcomer) => Promise<void>): Promise<void> {
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

describe('docs/ten-minutes.md', () => {
  const [start, welcome, ...followed] = PAGE;

  it('begins with the two commands, whose output test/local/world/start.test.ts compares', () => {
    expect(start).toMatchObject({ kind: 'sh', text: 'npm ci && npm start\n' });
    expect(welcome?.kind).toBe('text');
  });

  it('is followed as it is written, and shows what comes', async () => {
    await withNewcomer(async (newcomer) => {
      let printed = '';
      const act: Readonly<Record<string, (block: Block) => Promise<void> | void>> = {
        sh: async ({ text }) => {
          printed = await newcomer.type(text.trim());
        },
        text: ({ text, at }) => expect(printed, at).toMatch(asShown(text)),
        yaml: ({ text }) => newcomer.write(text),
        diff: ({ text }) => newcomer.change(text),
      };
      for (const block of followed) {
        const does = act[block.kind];
        if (does === undefined) throw new Error(`${block.at} is a block of another kind: ${block.kind}`);
        await does(block);
      }
    });
  });

  it('shows an output below each command', () => {
    const commands = PAGE.flatMap(({ kind, at }, n) => (kind === 'sh' ? [[at, PAGE[n + 1]?.kind]] : []));
    expect(commands.length).toBeGreaterThan(8);
    expect(commands.filter(([, next]) => next !== 'text')).toEqual([]);
  });
});
