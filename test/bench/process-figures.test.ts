import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { processorTime } from '../../bench/process-figures.ts';
import { withFolder } from '../cli/support.ts';

it('the processor time of a process is that of its threads; one that ends while they are counted is left out', () =>
  withFolder(async (root) => {
    for (const thread of ['7', '8', '9']) mkdirSync(`${root}/7/task/${thread}`, { recursive: true });
    writeFileSync(`${root}/7/task/7/schedstat`, '30000000 1 1\n');
    writeFileSync(`${root}/7/task/9/schedstat`, '2000000 1 1\n');
    expect(processorTime(7, root)).toBe(32);
  }));
