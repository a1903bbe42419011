import { toWords } from '../../../text/to-words.ts';
import type { Phrase } from '../../match/conditions/includes.ts';
import { listOf } from '../shapes.ts';
import type { ConditionForm } from './condition-form.ts';
import { writtenText } from './written-text.ts';

/** What means something beside a word and is still not compared, unlike the signs that end a sentence. */
const LOST = /[%‰&/\\§]|\*(?!\uFE0F?\u20E3)|(?:^|\s)[!.:;?](?=[\p{L}\p{N}])/u;

export const includes: ConditionForm<readonly string[], readonly Phrase[]> = {
  about: 'The message contains this, as whole words.',
  shape: listOf(writtenText),
  ofMessage: true,
  check: (phrases, spot) => {
    for (const [index, phrase] of phrases.entries()) {
      const words = toWords(phrase);
      if (words.length === 0) {
        spot.at(index).problem(`${JSON.stringify(phrase)} has no letter, digit or symbol to look for.`);
      } else if (LOST.test(phrase)) {
        spot
          .at(index)
          .note(
            `${JSON.stringify(phrase)} is found wherever "${words.join(' ')}" is: "includes" compares words, and of ` +
              'signs only symbols such as $ or +, and a leading # or @. A pattern can look for the others.',
          );
      }
    }
  },
  compile: (phrases) => phrases.map((written) => ({ written, words: toWords(written).join(' ') })),
};
