import { normalizeText } from '../../../text/normalize-text.ts';
import { listOf } from '../shapes.ts';
import type { ConditionForm } from './condition-form.ts';
import { writtenText } from './written-text.ts';

export const keyword: ConditionForm<readonly string[], readonly string[]> = {
  about: 'The whole message is this, whatever its case, accents and punctuation.',
  shape: listOf(writtenText),
  ofMessage: true,
  check: (words, spot) => {
    for (const [index, word] of words.entries()) {
      if (normalizeText(word) === '') {
        spot.at(index).problem('There is nothing to see in this keyword. Write what to look for.');
      }
    }
  },
  compile: (words) => [...new Set(words.map(normalizeText))],
};
