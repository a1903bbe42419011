import { isByLanguage } from '../../lib/rules/render/localize.ts';
import type { RuleBook } from '../../lib/rules/types.ts';

/** One template in one language. */
export interface CatalogueEntry {
  readonly name: string;
  /** Empty where the template has one SID for all. */
  readonly language: string;
  readonly sid: string;
  readonly variables: readonly string[];
}

/** Every SID that the rules name. */
export function catalogueEntries({ templates }: RuleBook): readonly CatalogueEntry[] {
  return Object.entries(templates).flatMap(([name, { sid, variables }]) => {
    const sids = isByLanguage(sid) ? Object.entries(sid.byLanguage) : [['', sid] as const];
    return sids.map(([language, one]) => ({ name, language, sid: one, variables }));
  });
}

/** `welcome`, or `welcome in de`. */
export function showEntry({ name, language }: Pick<CatalogueEntry, 'name' | 'language'>): string {
  return language === '' ? name : `${name} in ${language}`;
}
