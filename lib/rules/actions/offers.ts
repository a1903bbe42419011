import { hashTitles } from '../../guards/tap.ts';
import type { RuleBook } from '../types.ts';
import type { PlannedStep } from './actions.ts';

const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** Hashes of the titles that `steps` offer to tap: only templates have any. */
export function offersOf({ templates }: RuleBook, steps: readonly PlannedStep[]): readonly string[] {
  const titles = steps.flatMap((step) => {
    if (step.kind !== 'template') return [];
    const { ContentVariables } = step;
    return (templates[step.template]?.titles ?? []).map((title) =>
      title.replaceAll(PLACEHOLDER, (hole, name: string) => ContentVariables[name] ?? hole),
    );
  });
  return hashTitles(titles);
}
