import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Edit } from './defect.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const COPIED = [
  'build',
  'cli',
  'emulator',
  'lib',
  'functions',
  'local',
  'bot',
  'events',
  'talks',
  'test',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

/** A copy of the sources in which defects can be planted. */
export interface Ground {
  readonly folder: string;
  /**
   * Makes the edits.
   * @returns takes them back
   * @throws when a `find` is not there exactly once: then the list of defects must follow the code
   */
  plant(edits: readonly Edit[]): () => void;
  remove(): void;
}

export function createGround(): Ground {
  const folder = mkdtempSync(join(tmpdir(), 'parley-teeth-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    plant: (edits) => {
      const before = new Map<string, string>();
      const restore = () => {
        for (const [path, text] of before) writeFileSync(path, text);
      };
      try {
        for (const { file, find, replace } of edits) {
          const path = join(folder, file);
          const text = readFileSync(path, 'utf8');
          if (!before.has(path)) before.set(path, text);
          writeFileSync(path, replaceOnce(text, find, replace, file));
        }
      } catch (error) {
        restore();
        throw error;
      }
      return restore;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function replaceOnce(text: string, find: string, replace: string, file: string): string {
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${file} does not hold this exactly once, so the defect must be planted anew:\n${find}`);
  }
  return before + replace + after;
}
