import { checkPattern } from '../check-pattern.ts';
import { composePattern } from '../compose-pattern.ts';
import { notePattern } from '../note-pattern.ts';
import { listOf } from '../shapes.ts';
import type { ConditionForm } from './condition-form.ts';
import { writtenPattern } from './written-text.ts';

export const pattern: ConditionForm<readonly string[], readonly string[]> = {
  about: 'This regular expression is found in the message; (?<name>…) gives a part a name for the answer.',
  shape: listOf(writtenPattern),
  ofMessage: true,
  check: (sources, spot) => {
    for (const [index, source] of sources.entries()) {
      const place = spot.at(index);
      const fault = checkPattern(composePattern(source));
      if (fault !== undefined) place.problem(fault);
      for (const note of notePattern(source)) place.note(note);
      if (/^\/.*\/[a-z]*$/su.test(source)) {
        place.note('A pattern stands without slashes and flags; these slashes are looked for.');
      }
    }
  },
  compile: (sources) => sources.map(composePattern),
};
