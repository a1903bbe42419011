import { MAX_ONCE } from '../memory.ts';
import type { CheckedFile } from './checked-file.ts';

/** Notes it where more speak "once" than a conversation remembers. */
export function checkOnce({ answers }: CheckedFile): void {
  const once = answers.filter(({ when }) => when?.once !== undefined);
  once[MAX_ONCE]?.whenSpot
    .at('once')
    .note(
      `"once" stands in ${once.length} rules and items of an "otherwise"; of a conversation the last ${MAX_ONCE} times ` +
        'are remembered, so one that spoke long ago may speak too soon. Use it less.',
    );
}
