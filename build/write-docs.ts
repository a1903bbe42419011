import { readFile, writeFile } from 'node:fs/promises';
import { describeSettings } from '../lib/config.ts';
import { AFTER_RULES, GUARDS } from '../lib/guards/guards.ts';
import { DEPLOY_SETTINGS } from './deploy-settings.ts';
import { printSchema, RULES_SCHEMA } from './rules-schema.ts';

/** A table that stands in a document between two comments, and is made from the code. */
interface Written {
  readonly file: string;
  readonly name: string;
  readonly rows: () => readonly string[];
}

/** Everything that `npm run docs` writes, beside the schema of rules files. */
export const WRITTEN: readonly Written[] = [
  { file: 'docs/settings.md', name: 'settings', rows: () => settingsTable(describeSettings()) },
  {
    file: 'docs/settings.md',
    name: 'settings of the deployment',
    rows: () => settingsTable(describeSettings(DEPLOY_SETTINGS)),
  },
  { file: 'docs/rules.md', name: 'guards', rows: () => reasonsTable(GUARDS) },
  { file: 'docs/rules.md', name: 'reasons after the rules', rows: () => reasonsTable(AFTER_RULES) },
];

/** The document with its table made anew. */
export function withTable(document: string, { name, rows }: Written): string {
  const start = `<!-- ${name}: written by npm run docs -->`;
  const end = `<!-- end of ${name} -->`;
  const [before = '', rest] = document.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined)
    throw new Error(`The document has no place for a table between ${start} and ${end}.`);
  return `${before}${start}\n${rows().join('\n')}\n${end}${after}`;
}

function settingsTable(settings: ReturnType<typeof describeSettings>): readonly string[] {
  const rows = settings.map(
    ({ name, default: value, about }) =>
      `| \`${name}\` | ${value === 'required' ? 'required' : code(value)} | ${about} |`,
  );
  return ['| Variable | Default | |', '|---|---|---|', ...rows];
}

function reasonsTable(reasons: readonly { readonly reason: string; readonly says: string }[]) {
  return ['| `reason` | What people are told |', '|---|---|', ...reasons.map(row)];
}

function row({ reason, says }: { readonly reason: string; readonly says: string }): string {
  return `| \`${reason}\` | ${says} |`;
}

function code(value: string): string {
  return value === '' ? '–' : `\`${value}\``;
}

if (import.meta.main) {
  await writeFile(RULES_SCHEMA, printSchema());
  for (const written of WRITTEN) {
    await writeFile(written.file, withTable(await readFile(written.file, 'utf8'), written));
  }
}
