import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTemplateSids, SIDS_FILE, type TemplateSids } from '../../build/template-sids.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';

export interface NewSid {
  readonly name: string;
  /** Empty where the template has one SID for all. */
  readonly language: string;
  readonly sid: string;
}

/** Writes the SIDs of a stage into bot/templates/sids.json, and keeps those that are there. */
export async function writeSids(folder: string, stage: string, made: readonly NewSid[]): Promise<void> {
  const read = await readTemplateSids(folder, 'bot/templates');
  if (!read.ok) throw new CommandError(FAILED, `${read.problem.file}: ${read.problem.message}`);
  const before = read.sids;
  const own: Record<string, TemplateSids[string][string]> = { ...before[stage] };
  for (const { name, language, sid } of made) {
    const known = own[name];
    own[name] = language === '' ? sid : { ...(typeof known === 'object' ? known : {}), [language]: sid };
  }
  const text = JSON.stringify({ ...before, [stage]: own }, undefined, 2);
  await writeFile(join(folder, SIDS_FILE), `${text}\n`);
}
