import { MAX_BODY, MAX_VARIABLE_VALUE } from '../limits.ts';
import type { ReplyAction, Template, TextTemplate, Then } from '../types.ts';
import { checkPath, type Scope } from './check-path.ts';
import { checkShape } from './check-shape.ts';
import type { Findings } from './findings.ts';
import type { Path } from './locate.ts';
import { parseText } from './parse-text.ts';
import { type ActionInput, actionSchema } from './schema.ts';
import { suggest } from './suggest.ts';

const KINDS = ['text', 'template', 'media', 'ignore'] as const;

/** Where actions stand: what their texts may name, and which templates there are. */
export interface ActionScope extends Scope {
  /** A template whose own declaration is broken is known by name only. */
  readonly templates: ReadonlyMap<string, Template | undefined>;
}

/** The actions of a rule or of `otherwise`; problems are added to the findings. */
export function compileThen(input: unknown, path: Path, scope: ActionScope, findings: Findings): Then {
  const { page, problems } = findings;
  const inputs = Array.isArray(input) ? (input as unknown[]) : [input];
  if (inputs.length === 0)
    problems.push(page.at(path, `This list is empty. Give at least one action: ${KINDS.join(', ')}.`));
  const actions: ReplyAction[] = [];
  let ignore = false;
  for (const [index, item] of inputs.entries()) {
    const place = [...path, index];
    const given = checkShape(actionSchema, item, place, page, problems);
    if (given === undefined || !checkKind(given, place, findings)) continue;
    if (given.ignore) ignore = true;
    const action = compileAction(given, place, scope, findings);
    if (action !== undefined) actions.push(action);
  }
  if (ignore && inputs.length > 1)
    problems.push(page.at(path, '"ignore" stands alone: say something, or ignore the message.'));
  return ignore ? 'ignore' : actions;
}

/** An action does one thing; only media may have a text with it. */
function checkKind(given: ActionInput, path: Path, { page, problems }: Findings): boolean {
  const kinds = KINDS.filter((kind) => given[kind] !== undefined);
  const fault = (message: string) => problems.push(page.at(path, message));
  if (kinds.length === 0) fault(`This action does nothing. Give one of ${KINDS.join(', ')}.`);
  else if (kinds.length > 1 && kinds.join() !== 'text,media') {
    fault(`An action does one thing, and this one has ${kinds.join(' and ')}. Write a list of actions.`);
  } else if (given.split !== undefined && kinds.join() !== 'text') {
    fault('"split" goes with a text alone: other messages cannot be sent in parts.');
  } else if (given.variables !== undefined && given.template === undefined) {
    fault('"variables" go with a template. In a text, write {{ path }} where a value belongs.');
  } else return true;
  return false;
}

function compileAction(
  given: ActionInput,
  path: Path,
  scope: ActionScope,
  findings: Findings,
): ReplyAction | undefined {
  if (given.template !== undefined)
    return compileTemplate(given.template, given.variables ?? {}, path, scope, findings);
  const split = given.split ?? false;
  const Body =
    given.text === undefined ? undefined : compileBody(given.text, split, [...path, 'text'], scope, findings);
  if (given.media !== undefined) return { kind: 'media', MediaSid: given.media, ...(Body && { Body }) };
  return Body && { kind: 'text', Body, split };
}

function compileBody(
  source: string,
  split: boolean,
  path: Path,
  scope: Scope,
  findings: Findings,
): TextTemplate {
  const { page, problems } = findings;
  const Body = compileText(source, path, scope, findings);
  const length = literalsOf(Body).length;
  if (source.trim() === '')
    problems.push(page.at(path, 'This text is blank. Write what to say, or "ignore: true".'));
  if (length > MAX_BODY && !split) {
    problems.push(
      page.at(
        path,
        `This text is ${length} characters long; a message holds at most ${MAX_BODY}. Shorten it, or add "split: true" to send it in parts.`,
      ),
    );
  }
  return Body;
}

function compileText(source: string, path: Path, scope: Scope, { page, problems }: Findings): TextTemplate {
  const { text, faults } = parseText(source);
  for (const fault of faults) problems.push(page.at(path, fault));
  for (const part of text) {
    if (typeof part === 'string') continue;
    const fault = checkPath(part.path, part.default !== undefined, scope);
    if (fault !== undefined) problems.push(page.at(path, fault));
  }
  return text;
}

function compileTemplate(
  name: string,
  variables: Readonly<Record<string, string>>,
  path: Path,
  scope: ActionScope,
  findings: Findings,
): ReplyAction | undefined {
  const { page, problems } = findings;
  const compiled = Object.entries(variables).map(
    ([variable, source]) =>
      [variable, compileVariable(source, [...path, 'variables', variable], scope, findings)] as const,
  );
  const template = scope.templates.get(name);
  if (!scope.templates.has(name)) {
    const names = [...scope.templates.keys()];
    const allowed =
      names.length === 0 ? 'The file declares none under "templates".' : `Allowed: ${names.join(', ')}.`;
    problems.push(
      page.at([...path, 'template'], `There is no template "${name}". ${allowed}${suggest(name, names)}`),
    );
  }
  if (template === undefined) return undefined;
  const missing = template.variables.filter((variable) => !Object.hasOwn(variables, variable));
  if (missing.length > 0) {
    problems.push(
      page.at(
        [...path, 'template'],
        `The template "${name}" also needs ${missing.join(', ')}. Twilio would fill the gap with the sample value.`,
      ),
    );
  }
  for (const variable of Object.keys(variables)) {
    if (template.variables.includes(variable)) continue;
    const allowed =
      template.variables.length === 0 ? 'It has none.' : `Allowed: ${template.variables.join(', ')}.`;
    problems.push(
      page.atKey(
        [...path, 'variables', variable],
        `The template "${name}" has no variable "${variable}". ${allowed}${suggest(variable, template.variables)}`,
      ),
    );
  }
  return {
    kind: 'template',
    template: name,
    ContentSid: template.sid,
    ContentVariables: Object.fromEntries(compiled),
  };
}

function compileVariable(source: string, path: Path, scope: Scope, findings: Findings): TextTemplate {
  const { page, problems } = findings;
  const text = compileText(source, path, scope, findings);
  const literals = literalsOf(text);
  if (source.trim() === '') problems.push(page.at(path, 'This value is blank, which WhatsApp refuses.'));
  if (/\p{Cc}| {5}/u.test(source.trimEnd())) {
    problems.push(
      page.at(
        path,
        'A variable holds one line: WhatsApp refuses line breaks, tabs and more than four spaces in a row (63013).',
      ),
    );
  }
  if (literals.length > MAX_VARIABLE_VALUE) {
    problems.push(
      page.at(
        path,
        `This value is ${literals.length} characters long; a variable holds at most ${MAX_VARIABLE_VALUE}.`,
      ),
    );
  }
  return text;
}

function literalsOf(text: TextTemplate): string {
  return text.filter((part) => typeof part === 'string').join('');
}
