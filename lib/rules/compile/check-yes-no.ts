import { hasYesAndNo } from '../answers/read-yes-no.ts';
import { DEFAULT_LANGUAGES } from '../match/tell-language.ts';
import type { CheckedFile } from './checked-file.ts';

/** Notes, where yes or no is first asked for, the languages of the file in which only thumbs say so. */
export function checkYesNo({ book: { languages = DEFAULT_LANGUAGES }, answers }: CheckedFile): void {
  const unknown = languages.filter((language) => !hasYesAndNo(language));
  if (unknown.length === 0) return;
  const asked = answers.find(({ when }) => when?.answer?.some(({ kind }) => kind === 'yes' || kind === 'no'));
  asked?.whenSpot
    .at('answer')
    .note(
      `No words for yes and no are known in ${unknown.join(', ')}: there only 👍 and 👎 answer. ` +
        'Add a rule with the words as its keywords.',
    );
}
