import { ignoreAccents } from '../../../text/ignore-accents.ts';
import { normalizeText } from '../../../text/normalize-text.ts';
import { tolerated } from '../../../text/slips.ts';
import { listOf } from '../shapes.ts';
import type { ConditionForm } from './condition-form.ts';
import { writtenText } from './written-text.ts';

export const near: ConditionForm<readonly string[], readonly string[]> = {
  about: 'The whole message is this but for a slip of the finger.',
  shape: listOf(writtenText),
  ofMessage: true,
  check: (words, spot) => {
    for (const [index, word] of words.entries()) {
      const normal = normalizeText(word);
      if (normal === '') {
        spot.at(index).problem('There is nothing to see in this word. Write what to look for.');
      } else if (tolerated(normal) === 0) {
        spot
          .at(index)
          .note(
            `"${word}" has fewer than four letters, so "near" forgives nothing in it. Write it under "keyword".`,
          );
      }
    }
  },
  compile: (words) => [...new Set(words.map((word) => ignoreAccents(normalizeText(word))))],
};
