import * as z from 'zod/mini';
import type { Allowed } from '../../match/conditions/where.ts';
import { checkValuePath } from '../check-path.ts';
import { listOf, say, scalarText, show } from '../shapes.ts';
import { unknownLanguage } from '../unknown-name.ts';
import type { ConditionForm } from './condition-form.ts';
import { readLast } from './read-last.ts';

export const where: ConditionForm<Allowed, Allowed> = {
  about: 'Each of these values, named as in {{ }}, is one of those given.',
  shape: z.record(
    z.string(),
    listOf(scalarText),
    say((input) => `"where" is a mapping (value: what it may be), not ${show(input)}.`),
  ),
  check: (allowed, spot, { names }) => {
    if (Object.keys(allowed).length === 0)
      spot.problem('There is nothing here to compare. Write value: what it may be.');
    for (const [path, texts] of Object.entries(allowed)) {
      const fault = checkValuePath(path, names);
      if (fault !== undefined) spot.at(path).keyProblem(fault);
      if (path !== 'language') continue;
      for (const [index, language] of texts.entries()) {
        if (names.languages.includes(language)) continue;
        spot.at(path, index).problem(unknownLanguage(language, names.languages));
      }
    }
  },
  compile: (allowed) => Object.fromEntries(readLast(Object.entries(allowed), ([path]) => [path])),
};
