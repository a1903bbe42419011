import { readFile, writeFile } from 'node:fs/promises';
import { describeSettings } from '../lib/config.ts';

const START = '<!-- settings: written by npm run docs -->';
const END = '<!-- end of settings -->';

/** The README with its table of settings made anew from lib/config.ts. */
export function withSettings(readme: string): string {
  const rows = describeSettings().map(
    ({ name, default: value, about }) =>
      `| \`${name}\` | ${value === 'required' ? 'required' : code(value)} | ${about} |`,
  );
  const table = ['| Variable | Default | |', '|---|---|---|', ...rows].join('\n');
  const [before = '', rest = ''] = readme.split(START);
  const after = rest.split(END)[1] ?? '';
  return `${before}${START}\n${table}\n${END}${after}`;
}

function code(value: string): string {
  return value === '' ? '–' : `\`${value}\``;
}

if (import.meta.main) await writeFile('README.md', withSettings(await readFile('README.md', 'utf8')));
