import { MAX_BODY, MAX_VARIABLE_VALUE } from '../../limits.ts';
import type { TextTemplate } from '../render/text-template.ts';
import { checkPath } from './check-path.ts';
import { parseText } from './parse-text.ts';
import type { Scope } from './scope.ts';
import type { Spot } from './spot.ts';

/** The text of a message. */
export function compileBody(source: string, split: boolean, scope: Scope, spot: Spot): TextTemplate {
  const before = spot.problemCount();
  const text = compileText(source, scope, spot);
  const length = literalLength(text);
  if (isBlank(text) && spot.problemCount() === before)
    spot.problem('This text is blank. Write what to say, or "ignore: true".');
  if (length > MAX_BODY && !split) {
    spot.problem(
      `This text is ${length} characters long; a message holds at most ${MAX_BODY}. ` +
        'Shorten it, or add "split: true" to send it in parts.',
    );
  }
  return text;
}

/** The value of a template's variable. */
export function compileVariable(source: string, scope: Scope, spot: Spot): TextTemplate {
  const before = spot.problemCount();
  const text = compileText(source, scope, spot);
  const length = literalLength(text);
  if (isBlank(text) && spot.problemCount() === before)
    spot.problem('This value is blank, which WhatsApp refuses.');
  if (/\p{Cc}| {5}/u.test(source.trim())) {
    spot.problem(
      'A variable holds one line: WhatsApp refuses line breaks, tabs and more than four spaces in a row (63013).',
    );
  }
  if (length > MAX_VARIABLE_VALUE) {
    spot.problem(`This value is ${length} characters long; a variable holds at most ${MAX_VARIABLE_VALUE}.`);
  }
  return text;
}

/** A value that is remembered, or that a message is tagged with. */
export function compileValue(source: string, scope: Scope, spot: Spot): TextTemplate {
  return compileText(source, scope, spot);
}

/** A text without slots; undefined where it has one. */
export function literalOf(text: TextTemplate): string | undefined {
  return text.every((part) => typeof part === 'string') ? text.join('') : undefined;
}

function compileText(source: string, scope: Scope, spot: Spot): TextTemplate {
  const { text, faults } = parseText(source);
  for (const fault of faults) spot.problem(fault);
  for (const part of text) {
    const fault = typeof part === 'string' ? undefined : checkPath(part, scope);
    if (fault !== undefined) spot.problem(fault);
  }
  return text;
}

/** Whether nothing is there to read: `" "`, or `{{ "" }}`. */
function isBlank(text: TextTemplate): boolean {
  return literalOf(text)?.trim() === '';
}

/** What a text is long before any value is put in. */
function literalLength(text: TextTemplate): number {
  return text.reduce((length, part) => length + (typeof part === 'string' ? part.length : 0), 0);
}
