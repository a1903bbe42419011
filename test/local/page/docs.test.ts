import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = readFileSync('docs/local-world.md', 'utf8');
const app = globSync('local/page/app/**/*.{ts,tsx}')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('docs/local-world.md', () => {
  it('calls what is on the page by its name', () => {
    const names = [...text.matchAll(/\*\*(.+?)\.?\*\*/g)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(8);
    for (const name of names.filter((label) => label !== 'The chat')) expect(app).toContain(name);
  });

  it('names no script that does not exist', () => {
    const named = [...text.matchAll(/^npm (?:run )?(\w+)/gm)].map(([, script = '']) => script);
    expect(named.length).toBeGreaterThan(5);
    for (const script of named) expect(Object.keys(scripts)).toContain(script);
  });
});
