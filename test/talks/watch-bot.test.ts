import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { watchBot } from '../../talks/watch-bot.ts';
import { withFolder } from '../cli/support.ts';
import { PATIENCE_MS } from '../support/patience.ts';

it('tells of a change to any file of a bot, in its folders too, until it is ended', () =>
  withFolder(async (folder) => {
    await mkdir(join(folder, 'talks'));
    const changed = vi.fn();
    const end = watchBot(folder, changed);
    const isTold = () => vi.waitFor(() => expect(changed).toHaveBeenCalled(), { timeout: PATIENCE_MS });
    await writeFile(join(folder, 'rules.yaml'), 'version: 1');
    await isTold();
    changed.mockClear();
    await writeFile(join(folder, 'talks', 'a.yaml'), '[]');
    await isTold();
    end();
  }));
