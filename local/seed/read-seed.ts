import { asMapping } from '../../lib/rules/compile/file-names.ts';
import { readYaml } from '../../lib/rules/compile/read-yaml.ts';
import type { SourceFile } from '../../lib/rules/compile/source-file.ts';
import { type Findings, type Spot, spotAt } from '../../lib/rules/compile/spot.ts';
import { isSid } from '../../lib/sid.ts';

/** A seed as it stands in its file, not yet checked. */
export interface SeedFile {
  /** Every scalar as text, as it is written: `+15550100001` keeps its plus. */
  readonly written: unknown;
  /** Numbers, true and false as YAML takes them, for attributes and templates. */
  readonly typed: unknown;
  readonly top: Spot;
  /** Everything that is wrong, which grows. */
  readonly findings: Findings;
}

export function readSeed({ file, text }: SourceFile): SeedFile {
  const written = readYaml(file, text, 'text');
  const typed = readYaml(file, text);
  const findings: Findings = { problems: [...written.problems], notes: [] };
  return { written: written.data, typed: typed.data, top: spotAt(written, findings), findings };
}

/** The SID that the seed gives the account's default service, which has to be there from the beginning. */
export function defaultServiceSid({ written }: SeedFile): string | undefined {
  const [first] = listIn(written, 'services');
  const sid = asMapping(first)['sid'];
  return typeof sid === 'string' && isSid('IS', sid) ? sid : undefined;
}

/** The items of a list under `key`; none where there is no such list. */
export function listIn(given: unknown, key: string): readonly unknown[] {
  const list = asMapping(given)[key];
  return Array.isArray(list) ? list : [];
}
