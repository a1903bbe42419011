import type { Action, HeldFor, MessageContent, MessageOf } from './action.ts';
import { media } from './media.ts';
import { template } from './template.ts';
import { text } from './text.ts';

/** By their `kind`. */
const ACTIONS = { text, template, media };

type Known = (typeof ACTIONS)[keyof typeof ACTIONS];

/** What a rule that answers does, as the rules hold it. */
export type ReplyAction = HeldFor<Known>;

/** One message to create, ready to send. Keys are Twilio's parameter names. */
export type PlannedMessage = MessageOf<Known>;

/** What there is to know of an action, or of a message planned from it. */
export function actionOf({ kind }: ReplyAction | PlannedMessage): Action<ReplyAction, PlannedMessage> {
  return ACTIONS[kind];
}

/** What Twilio creates a message from, as its action's file says it. */
export function contentOf(message: PlannedMessage): MessageContent {
  return actionOf(message).content(message);
}
