import type { LocalizedText } from '../render/text-template.ts';
import type { Action, HeldFor, MessageAction, MessageContent, StepOf } from './action.ts';
import type { Call } from './call.ts';
import { forget } from './forget.ts';
import { handover } from './handover.ts';
import type { MessageKind } from './is-message.ts';
import { media } from './media.ts';
import { remember } from './remember.ts';
import { tag } from './tag.ts';
import { template } from './template.ts';
import { text } from './text.ts';

/** Those that post messages, by their `kind`. */
const MESSAGES = { text, template, media } satisfies Readonly<Record<MessageKind, unknown>>;
/** By their `kind`. */
const ACTIONS = { ...MESSAGES, remember, forget, tag, handover };

type Messages = (typeof MESSAGES)[keyof typeof MESSAGES];
type Known = (typeof ACTIONS)[keyof typeof ACTIONS];

/** What can be carried out, as the rules hold it. */
export type PlainAction = HeldFor<Known>;

/** What a rule that answers does, as the rules hold it. */
export type ReplyAction = PlainAction | Call<PlainAction>;

/** One message to create, ready to send. Keys are Twilio's parameter names. */
export type PlannedMessage = StepOf<Messages>;

/** One thing to do at Twilio: a message to create, or something else that is done once. */
export type PlannedStep = StepOf<Known>;

/** What there is to know of an action. */
export function actionOf({ kind }: PlainAction): Action<PlainAction, PlannedStep> {
  return ACTIONS[kind];
}

/** Everything in an action that may name a value: of a call what it is given, and what is done where it fails. */
export function textsOf(action: ReplyAction): readonly LocalizedText[] {
  if (action.kind !== 'call') return actionOf(action).texts(action);
  return [...Object.values(action.values), ...action.else.flatMap((one) => actionOf(one).texts(one))];
}

/** What Twilio creates a message from, as its action's file says it. */
export function contentOf(message: PlannedMessage): MessageContent {
  return (MESSAGES[message.kind] as MessageAction<never, PlannedMessage>).content(message);
}
