import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACTION_FORMS } from '../../lib/rules/compile/actions/action-forms.ts';
import { CONDITION_FORMS } from '../../lib/rules/compile/conditions/condition-forms.ts';

const GUIDE = readFileSync('CONTRIBUTING.md', 'utf8');

/** The file that each step of a checklist is about. */
function stepsOf(what: string): readonly string[] {
  const [, list = ''] =
    new RegExp(`^\\*\\*A new ${what}\\*\\* is [^]*?\\n\\n([^]*?)\\n\\n`, 'm').exec(GUIDE) ?? [];
  return [...list.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file = '']) => file);
}

describe.each([
  ['condition', Object.keys(CONDITION_FORMS)],
  ['action', [...ACTION_FORMS.keys()].filter((name) => !['ignore', 'go_to'].includes(name))],
])('the checklist for a new %s', (what, names) => {
  const steps = stepsOf(what);

  it('has as many steps as it says', () => {
    expect(steps).toHaveLength(8);
    expect(new Set(steps).size).toBe(8);
  });

  it('names only files that are there', () => {
    const files = steps.filter((file) => !file.includes('<'));
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  it.each(names)('is how %s was made', (name) => {
    const files = steps.filter((file) => file.startsWith('lib/') && file.includes('<'));
    const own = files.map((file) => file.replace(`<${what}>`, name));
    expect(own).toHaveLength(2);
    expect(own.filter((file) => !existsSync(file))).toEqual([]);
  });
});

describe.each([
  ['guard', 5],
  ['setting', 8],
  ['error of the emulator', 7],
])('the checklist for a new %s', (what, count) => {
  it('has as many steps as it says, and names only files that are there', () => {
    const steps = stepsOf(what);
    expect(steps).toHaveLength(count);
    const files = steps.filter((file) => !file.includes('<'));
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });
});

describe('the guide', () => {
  const named = [...GUIDE.matchAll(/`[^`\n]+`/g)].flatMap(
    ([quoted]) => quoted.match(/(?<=\bnew )\w+|\b[A-Za-z]*[a-z][A-Z]\w*/g) ?? [],
  );
  const sources = globSync('{lib,cli,emulator,test}/**/*.ts', { exclude: ['**/checklists.test.ts'] });
  const code = sources.map((file) => readFileSync(file, 'utf8')).join('\n');

  // It told to throw a `Refusal` when the class had long been called otherwise.
  it.each([...new Set(named)])('calls %s what the code calls it', (name) => {
    expect(code).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
