import { MAX_REMEMBERED } from '../memory.ts';
import type { CheckedFile } from './checked-file.ts';

/** A conversation remembers so many values and no more; each name of the file may become one. */
export function checkRemembered({ names: { remembered }, answers }: CheckedFile): void {
  const [first] = remembered.slice(MAX_REMEMBERED);
  if (first === undefined) return;
  for (const { then, at } of answers) {
    for (const [place, action] of then === 'ignore' ? [] : then.actions.entries()) {
      const isKept = action.kind === 'remember' && Object.hasOwn(action.values, first);
      if (!isKept && !(action.kind === 'call' && action.remembers.includes(first))) continue;
      at(place)
        .at(isKept ? 'remember' : 'remembers', first)
        .keyProblem(
          `This file remembers ${remembered.length} names; at most ${MAX_REMEMBERED} are kept. Use a name again, or leave one out.`,
        );
      return;
    }
  }
}
