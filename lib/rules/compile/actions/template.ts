import type { ReplyAction } from '../types.ts';
import { compileVariable } from './compile-text.ts';
import type { Scope } from './scope.ts';
import type { Spot } from './spot.ts';
import { suggest } from './suggest.ts';

/** The use of a template by a rule: it must exist, and be given exactly the variables it has. */
export function compileUse(
  name: string,
  given: Readonly<Record<string, string>>,
  scope: Scope,
  spot: Spot,
): ReplyAction | undefined {
  const ContentVariables = Object.fromEntries(
    Object.entries(given).map(([variable, source]) => [
      variable,
      compileVariable(source, scope, spot.at('variables', variable)),
    ]),
  );
  if (!scope.templates.has(name))
    spot.at('template').problem(unknownTemplate(name, [...scope.templates.keys()]));
  const template = scope.templates.get(name);
  if (template === undefined) return undefined;

  const missing = template.variables.filter((variable) => !Object.hasOwn(given, variable));
  if (missing.length > 0) {
    spot
      .at('template')
      .problem(
        `The template "${name}" also needs ${missing.join(', ')}. Twilio would fill the gap with the sample value.`,
      );
  }
  for (const variable of Object.keys(given)) {
    if (template.variables.includes(variable)) continue;
    spot.at('variables', variable).keyProblem(unknownVariable(name, variable, template.variables));
  }
  return { kind: 'template', template: name, ContentSid: template.sid, ContentVariables };
}

function unknownTemplate(name: string, known: readonly string[]): string {
  const allowed = known.length === 0 ? 'The file declares none.' : `Allowed: ${known.join(', ')}.`;
  return `There is no template "${name}". ${allowed}${suggest(name, known)}`;
}

function unknownVariable(template: string, variable: string, known: readonly string[]): string {
  const allowed = known.length === 0 ? 'It has none.' : `Allowed: ${known.join(', ')}.`;
  return `The template "${template}" has no variable "${variable}". ${allowed}${suggest(variable, known)}`;
}
