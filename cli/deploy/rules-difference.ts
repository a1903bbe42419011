import type { Manifest } from '../../build/manifest.ts';

type Rules = Manifest['rules'];

/** Which rules another deployment adds, changes and takes away, in lines for people; nothing where it changes none. */
export function rulesDifference(before: Rules, after: Rules): readonly string[] {
  const kept = (of: Rules, other: Rules) => Object.keys(of).filter((id) => Object.hasOwn(other, id));
  const lines = [
    about(
      'new',
      Object.keys(after).filter((id) => !Object.hasOwn(before, id)),
    ),
    about(
      'gone',
      Object.keys(before).filter((id) => !Object.hasOwn(after, id)),
    ),
    about(
      'other than before',
      kept(before, after).filter((id) => before[id] !== after[id]),
    ),
  ].flat();
  const isReordered = kept(before, after).join('\n') !== kept(after, before).join('\n');
  return [...lines, ...(isReordered ? ['The rules come in another order.'] : [])];
}

function about(what: string, ids: readonly string[]): readonly string[] {
  return ids.length === 0 ? [] : [`Rules, ${what}: ${ids.join(', ')}.`];
}
