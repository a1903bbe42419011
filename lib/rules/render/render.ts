import { MAX_BODY, MAX_VARIABLE_VALUE, MAX_VARIABLES_TOTAL } from '../../limits.ts';
import { splitText } from '../../text/split-text.ts';
import type { PlannedMessage, ReplyAction, ReplyDecision, TextTemplate } from '../types.ts';
import { lookUp, type Values } from './look-up.ts';
import { BlankTextError, TextTooLongError, VariableError, VariablesTooLongError } from './render-errors.ts';

/** What the caller knows once the decision's `needs` are met. */
export type RenderValues = Omit<Values, 'match'>;

export interface RenderOptions {
  /** Characters allowed in one template variable. @default MAX_VARIABLE_VALUE */
  readonly maxVariableValue?: number;
}

/**
 * The messages to send for a decision, in order, with every value in its place.
 *
 * Values go into texts as they are. Into template variables they go on one line: white space and control
 * characters become single spaces, because WhatsApp refuses anything else (63013). Nothing is ever cut off.
 *
 * @throws TextTooLongError when a text without `split` grew over 1,600 characters, BlankTextError when nothing is
 * left to read, VariableError and VariablesTooLongError when a template's variables are refused by Twilio.
 */
export function render(
  decision: Pick<ReplyDecision, 'actions' | 'match'>,
  values: RenderValues,
  { maxVariableValue = MAX_VARIABLE_VALUE }: RenderOptions = {},
): readonly PlannedMessage[] {
  const all: Values = { ...values, match: decision.match };
  return decision.actions.flatMap((action) => renderAction(action, all, maxVariableValue));
}

function renderAction(action: ReplyAction, values: Values, maxValue: number): readonly PlannedMessage[] {
  switch (action.kind) {
    case 'text':
      return renderText(fill(action.Body, values), action.split).map((Body) => ({ kind: 'text', Body }));
    case 'template':
      return [
        {
          kind: 'template',
          template: action.template,
          ContentSid: action.ContentSid,
          ContentVariables: renderVariables(action, values, maxValue),
        },
      ];
    case 'media': {
      const { kind, MediaSid } = action;
      if (action.Body === undefined) return [{ kind, MediaSid }];
      return renderText(fill(action.Body, values), false).map((Body) => ({ kind, MediaSid, Body }));
    }
  }
}

function renderText(text: string, split: boolean): readonly string[] {
  if (text.trim() === '') throw new BlankTextError();
  if (text.length <= MAX_BODY) return [text];
  if (!split) throw new TextTooLongError(MAX_BODY, text.length);
  return splitText(text, MAX_BODY).filter((part) => part.trim() !== '');
}

function renderVariables(
  { template, ContentVariables }: Extract<ReplyAction, { kind: 'template' }>,
  values: Values,
  maxValue: number,
): Readonly<Record<string, string>> {
  const rendered = Object.entries(ContentVariables).map(([name, text]) => {
    const value = toOneLine(fill(text, values, toOneLine));
    if (value === '' || value.length > maxValue) {
      throw new VariableError(template, name, maxValue, value.length);
    }
    return [name, value] as const;
  });
  const variables = Object.fromEntries(rendered);
  const total = JSON.stringify(variables).length;
  if (total > MAX_VARIABLES_TOTAL) throw new VariablesTooLongError(template, MAX_VARIABLES_TOTAL, total);
  return variables;
}

/** A value that is nothing but space after mending is absent, so that its default applies. */
function fill(text: TextTemplate, values: Values, mend = (value: string) => value): string {
  return text
    .map((part) => {
      if (typeof part === 'string') return part;
      return mend(lookUp(part.path, values) ?? '') || (part.default ?? '');
    })
    .join('');
}

function toOneLine(value: string): string {
  return value.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
