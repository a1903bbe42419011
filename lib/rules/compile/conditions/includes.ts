import { toWords } from '../../../text/to-words.ts';
import type { Phrase } from '../../match/conditions/includes.ts';
import { listOf } from '../shapes.ts';
import type { ConditionForm } from './condition-form.ts';
import { writtenText } from './written-text.ts';

export const includes: ConditionForm<readonly string[], readonly Phrase[]> = {
  shape: listOf(writtenText),
  ofMessage: true,
  check: (phrases, spot) => {
    for (const [index, phrase] of phrases.entries()) {
      if (toWords(phrase).length > 0) continue;
      spot.at(index).problem(`${JSON.stringify(phrase)} has no letter, digit or symbol to look for.`);
    }
  },
  compile: (phrases) => phrases.map((written) => ({ written, words: toWords(written).join(' ') })),
};
