import { MAX_VARIABLE_VALUE } from '../../limits.ts';
import type { Values } from '../render/look-up.ts';
import type { ReplyDecision } from '../types.ts';
import type { RenderOptions } from './action.ts';
import { actionOf, type PlannedMessage } from './actions.ts';

/** What the caller knows once the decision's `needs` are met. */
export type RenderValues = Omit<Values, 'match'>;

/**
 * The messages to send for a decision, in order, with every value in its place.
 *
 * Values go into texts as they are, into template variables on one line. Nothing is ever cut off.
 *
 * @throws TextTooLongError when a text without `split` grew over 1,600 characters, BlankTextError when nothing is
 * left to read, VariableError and VariablesTooLongError when a template's variables are refused by Twilio.
 */
export function render(
  decision: Pick<ReplyDecision, 'actions' | 'match'>,
  values: RenderValues,
  { maxVariableValue = MAX_VARIABLE_VALUE }: Partial<RenderOptions> = {},
): readonly PlannedMessage[] {
  const all: Values = { ...values, match: decision.match };
  return decision.actions.flatMap((action) => actionOf(action).render(action, all, { maxVariableValue }));
}
