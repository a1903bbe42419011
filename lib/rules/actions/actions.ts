import type { Action, HeldFor, MessageAction, MessageContent, StepOf } from './action.ts';
import { forget } from './forget.ts';
import { handover } from './handover.ts';
import { media } from './media.ts';
import { remember } from './remember.ts';
import { tag } from './tag.ts';
import { template } from './template.ts';
import { text } from './text.ts';

/** Those that post messages, by their `kind`. */
const MESSAGES = { text, template, media };
/** By their `kind`. */
const ACTIONS = { ...MESSAGES, remember, forget, tag, handover };

type Messages = (typeof MESSAGES)[keyof typeof MESSAGES];
type Known = (typeof ACTIONS)[keyof typeof ACTIONS];

/** What a rule that answers does, as the rules hold it. */
export type ReplyAction = HeldFor<Known>;

/** One message to create, ready to send. Keys are Twilio's parameter names. */
export type PlannedMessage = StepOf<Messages>;

/** One thing to do at Twilio: a message to create, or something else that is done once. */
export type PlannedStep = StepOf<Known>;

/** What there is to know of an action. */
export function actionOf({ kind }: ReplyAction): Action<ReplyAction, PlannedStep> {
  return ACTIONS[kind];
}

/** What Twilio creates a message from, as its action's file says it. */
export function contentOf(message: PlannedMessage): MessageContent {
  return (MESSAGES[message.kind] as MessageAction<never, PlannedMessage>).content(message);
}

export function isMessage<T extends { readonly kind: string }>(
  step: T,
): step is T & { readonly kind: keyof typeof MESSAGES } {
  return Object.hasOwn(MESSAGES, step.kind);
}
