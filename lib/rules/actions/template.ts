import { MAX_VARIABLES_TOTAL } from '../../limits.ts';
import { fillWithin } from '../render/fill.ts';
import { localize } from '../render/localize.ts';
import { VariableError, VariablesTooLongError } from '../render/render-errors.ts';
import type { Localized, LocalizedText } from '../render/text-template.ts';
import type { MessageAction } from './action.ts';

/** A Content template: https://www.twilio.com/docs/content */
interface Template<Sid, Text> {
  readonly kind: 'template';
  /** Its name in the catalogue, for messages. */
  readonly template: string;
  readonly ContentSid: Sid;
  readonly ContentVariables: Readonly<Record<string, Text>>;
}

/**
 * Values go into template variables on one line: white space and control characters become single spaces, because
 * WhatsApp refuses anything else (63013).
 */
export const template: MessageAction<Template<Localized<string>, LocalizedText>, Template<string, string>> = {
  texts: ({ ContentVariables }) => Object.values(ContentVariables),
  render: (held, values, { maxVariableValue }) => {
    const rendered = Object.entries(held.ContentVariables).map(([name, text]) => {
      const value = toOneLine(fillWithin(maxVariableValue, localize(text, values), values, toOneLine));
      if (value === '' || value.length > maxVariableValue) {
        throw new VariableError(held.template, name, maxVariableValue, value.length);
      }
      return [name, value] as const;
    });
    const ContentVariables = Object.fromEntries(rendered);
    const total = JSON.stringify(ContentVariables).length;
    if (total > MAX_VARIABLES_TOTAL)
      throw new VariablesTooLongError(held.template, MAX_VARIABLES_TOTAL, total);
    return [{ ...held, ContentSid: localize(held.ContentSid, values), ContentVariables }];
  },
  content: ({ ContentSid, ContentVariables }) => ({ ContentSid, ContentVariables }),
};

function toOneLine(value: string): string {
  return value.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
