import { hashTitles } from '../../guards/tap.ts';
import type { RuleBook } from '../types.ts';
import type { PlannedStep } from './actions.ts';

const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** Hashes of the titles that `steps` offer to tap: only templates have any. */
export function offersOf(
  book: Pick<RuleBook, 'templates'>,
  steps: readonly PlannedStep[],
): readonly string[] {
  return hashTitles(
    steps.flatMap((step) =>
      step.kind === 'template' ? titlesOf(book, step.template, step.ContentVariables, step.ContentSid) : [],
    ),
  );
}

/**
 * The titles that a template offers to tap, with these variables.
 * @param sid the language's; absent for the titles of all
 */
export function titlesOf(
  { templates }: Pick<RuleBook, 'templates'>,
  template: string,
  variables: Readonly<Record<string, string>>,
  sid?: string,
): readonly string[] {
  const { titles = [], titlesBySid = {} } = templates[template] ?? {};
  return ((sid && titlesBySid[sid]) || titles).map((title) =>
    title.replaceAll(PLACEHOLDER, (hole, name: string) =>
      Object.hasOwn(variables, name) ? (variables[name] ?? hole) : hole,
    ),
  );
}
