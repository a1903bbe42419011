import { hashTitles } from '../../guards/tap.ts';
import type { RuleBook } from '../types.ts';
import type { PlannedMessage } from './actions.ts';

const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** Hashes of the titles that `messages` offer to tap: only templates have any. */
export function offersOf({ templates }: RuleBook, messages: readonly PlannedMessage[]): readonly string[] {
  const titles = messages.flatMap((message) => {
    if (message.kind !== 'template') return [];
    const { ContentVariables } = message;
    return (templates[message.template]?.titles ?? []).map((title) =>
      title.replaceAll(PLACEHOLDER, (hole, name: string) => ContentVariables[name] ?? hole),
    );
  });
  return hashTitles(titles);
}
