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
      step.kind === 'template' ? titlesOf(book, step.template, step.ContentVariables) : [],
    ),
  );
}

/** The titles that a template offers to tap, with these variables. */
export function titlesOf(
  { templates }: Pick<RuleBook, 'templates'>,
  template: string,
  variables: Readonly<Record<string, string>>,
): readonly string[] {
  return (templates[template]?.titles ?? []).map((title) =>
    title.replaceAll(PLACEHOLDER, (hole, name: string) => variables[name] ?? hole),
  );
}
