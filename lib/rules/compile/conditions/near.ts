import { ignoreAccents } from '../../../text/ignore-accents.ts';
import { normalizeText } from '../../../text/normalize-text.ts';
import type { NearWord } from '../../match/conditions/near.ts';
import { listOf } from '../shapes.ts';
import { tolerated } from '../tolerated.ts';
import type { ConditionForm } from './condition-form.ts';
import { writtenText } from './written-text.ts';

export const near: ConditionForm<readonly string[], readonly NearWord[]> = {
  about: 'The whole message is this but for a slip of the finger.',
  shape: listOf(writtenText),
  ofMessage: true,
  check: (words, spot) => {
    for (const [index, word] of words.entries()) {
      if (normalizeText(word) === '') {
        spot.at(index).problem('There is nothing to see in this word. Write what to look for.');
      } else if (tolerated(word) === 0) {
        spot
          .at(index)
          .note(
            `"${word}" has fewer than four letters, so "near" forgives nothing in it. Write it under "keyword".`,
          );
      }
    }
  },
  compile: (words) =>
    words.map((written) => ({
      written,
      text: ignoreAccents(normalizeText(written)),
      slips: tolerated(written),
    })),
};
