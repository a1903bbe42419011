import { findLanguage } from '../../match/tell-language.ts';
import { MAX_REMEMBERED_LENGTH } from '../../memory.ts';
import { compileValue, literalOf } from '../compile-text.ts';
import { namedValues } from '../shapes.ts';
import { isName, wrongName } from '../wrong-name.ts';
import type { ActionForm } from './action-form.ts';

export const remember: ActionForm<Readonly<Record<string, string>>> = {
  about: 'Keeps values of this conversation, by name.',
  value: namedValues('remember'),
  compile: (given, _, scope, spot) => {
    const names = Object.keys(given);
    if (names.length === 0)
      spot.at('remember').problem('There is nothing to remember here. Write name: value.');
    const values = Object.entries(given).map(([name, source]) => {
      const place = spot.at('remember', name);
      if (!isName('value', name)) place.keyProblem(wrongName('value', name));
      if (name === 'all')
        place.keyProblem('"forget: all" forgets everything, so no value may be called "all".');
      const text = compileValue(source, scope, place);
      const literal = literalOf(text);
      if (literal !== undefined && [...literal].length > MAX_REMEMBERED_LENGTH) {
        place.problem(
          `This value is ${[...literal].length} characters long; at most ${MAX_REMEMBERED_LENGTH} are kept.`,
        );
      }
      const { languages } = scope.names;
      if (name === 'language' && literal !== undefined && findLanguage(literal, languages) === undefined) {
        place.problem(`"${literal}" is not among the file's languages. Allowed: ${languages.join(', ')}.`);
      }
      return [name, text] as const;
    });
    return { actions: [{ kind: 'remember', values: Object.fromEntries(values) }] };
  },
};
