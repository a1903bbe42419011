import * as z from 'zod/mini';
import type { Group } from '../../match/conditions/unless.ts';
import { about, listOf, mapping } from '../shapes.ts';
import type { ConditionForm } from './condition-form.ts';
import { readLast } from './read-last.ts';

/** @param forms those that may stand in a group, by name */
export function unlessOf(forms: object): ConditionForm<readonly Group[], readonly Group[]> {
  const entries = Object.entries(forms) as readonly (readonly [string, ConditionForm<unknown, unknown>])[];
  const group = mapping(
    'A group of "unless"',
    Object.fromEntries(entries.map(([name, form]) => [name, about(form.about, z.optional(form.shape))])),
  );
  return {
    about: 'Not all of these hold; of a list of groups, none does.',
    shape: listOf(group),
    check: (groups, spot, around) => {
      for (const [index, given] of groups.entries()) {
        const place = spot.at(index);
        if (Object.keys(given).length === 0)
          place.problem('This group is empty, so the rule would never match. Give it a condition.');
        for (const [name, { check, ofMessage }] of entries) {
          if (given[name] === undefined) continue;
          if (ofMessage && !around.isOfMessage) {
            place
              .at(name)
              .keyProblem(
                `"${name}" asks about a message, and this rule reacts to another event too, which carries none.`,
              );
          }
          check?.(given[name], place.at(name), {
            ...around,
            hasAfter: around.hasAfter || given['after'] !== undefined,
          });
        }
      }
    },
    compile: (groups) =>
      readLast(groups, pathsIn).map((given) =>
        Object.fromEntries(
          entries.flatMap(([name, { compile }]) =>
            given[name] === undefined ? [] : [[name, compile(given[name])]],
          ),
        ),
      ),
  };
}

function pathsIn({ has = [], where = {} }: Group): readonly string[] {
  return [...(has as readonly string[]), ...Object.keys(where as object)];
}
