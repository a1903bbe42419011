import * as z from 'zod/mini';
import { sidPattern } from '../../../sid.ts';
import { allOf } from '../../render/localize.ts';
import type { Catalogue } from '../catalogue.ts';
import { compileVariable } from '../compile-text.ts';
import { compileLocalized, type Given, localizedText } from '../localized.ts';
import { say, show, text } from '../shapes.ts';
import { suggest } from '../suggest.ts';
import type { ActionForm } from './action-form.ts';

/** The use of a template: it must exist, and be given exactly the variables it has. */
export const template: ActionForm<string, { readonly variables?: Readonly<Record<string, Given>> }> = {
  about: 'Sends the Content template that has this name under "templates".',
  value: text,
  options: {
    variables: {
      about: 'A value for each variable that the template has.',
      shape: z.record(
        z.string(),
        localizedText(),
        say((input) => `Variables are a mapping (name: value), not ${show(input)}.`),
      ),
      astray: '"variables" go with a template. In a text, write {{ path }} where a value belongs.',
    },
  },
  mayWait: true,
  compile: (name, { variables: given = {} }, scope, spot) => {
    const ContentVariables = Object.fromEntries(
      Object.entries(given).map(([variable, source]) => [
        variable,
        compileLocalized(source, scope.names.languages, spot.at('variables', variable), (one, place) =>
          compileVariable(one, scope, place),
        ),
      ]),
    );
    if (!scope.templates.has(name)) spot.at('template').problem(unknownTemplate(name, scope.templates));
    const known = scope.templates.get(name);
    if (known === undefined) return undefined;

    const missing = known.variables.filter((variable) => !Object.hasOwn(given, variable));
    if (missing.length > 0) {
      spot
        .at('template')
        .problem(
          `The template "${name}" also needs ${missing.join(', ')}. Twilio would fill the gap with the sample value.`,
        );
    }
    for (const variable of Object.keys(given)) {
      if (known.variables.includes(variable)) continue;
      spot.at('variables', variable).keyProblem(unknownVariable(name, variable, known.variables));
    }
    return { actions: [{ kind: 'template', template: name, ContentSid: known.sid, ContentVariables }] };
  },
};

function unknownTemplate(name: string, templates: Catalogue): string {
  const known = [...templates.keys()];
  if (sidPattern('HX').test(name)) {
    const [own] =
      [...templates].find(([, template]) => template !== undefined && allOf(template.sid).includes(name)) ??
      [];
    const which = own === undefined ? 'Declare it there first.' : `Write: template: ${own}`;
    return `This is a SID. A rule names a template as "templates" does. ${which}`;
  }
  const allowed = known.length === 0 ? 'The file declares none.' : `Allowed: ${known.join(', ')}.`;
  return `There is no template "${name}". ${allowed}${suggest(name, known)}`;
}

function unknownVariable(template: string, variable: string, known: readonly string[]): string {
  const allowed = known.length === 0 ? 'It has none.' : `Allowed: ${known.join(', ')}.`;
  return `The template "${template}" has no variable "${variable}". ${allowed}${suggest(variable, known)}`;
}
