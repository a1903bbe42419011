import type { ConversationEvent } from '../../event/event-types.ts';
import { MAX_VARIABLE_VALUE } from '../../limits.ts';
import { liveMemory } from '../live-memory.ts';
import type { Read } from '../match/reading.ts';
import { DEFAULT_LANGUAGES, findLanguage } from '../match/tell-language.ts';
import type { Memory, MemoryChange } from '../memory.ts';
import type { ReplyDecision, RuleBook, Share } from '../types.ts';
import type { ActionChange, RenderOptions, RenderValues } from './action.ts';
import { actionOf, type PlainAction, type PlannedStep } from './actions.ts';
import { withoutCalls } from './without-calls.ts';

/** What was known when it was decided. */
export interface RenderContext {
  readonly event: ConversationEvent;
  /** When the customer wrote, in milliseconds since the epoch. */
  readonly now: number;
  readonly memory?: Memory;
  readonly read?: Read;
}

/** What is to be done for a decision. */
export interface Rendered {
  /** At Twilio, in order. */
  readonly steps: readonly PlannedStep[];
  /** Of what is remembered; absent where nothing changes. */
  readonly change?: MemoryChange;
}

/** How far an answer is carried out on paper. */
export interface Drawn {
  readonly steps: readonly PlannedStep[];
  readonly remembered: Readonly<Record<string, string>>;
  readonly change: ActionChange;
}

type Book = Pick<RuleBook, 'languages' | 'timezone' | 'hours'>;
type Spoken = Pick<ReplyDecision, 'language'>;
type Taken = Pick<Share, 'match' | 'composed' | 'answer'>;

/**
 * Carries out a decision on paper, action by action: what one remembers, the next can say, in the language that holds
 * by then. Of a call that was not settled (reply/settle-calls.ts) its `else` is carried out.
 *
 * Values go into texts as they are, into template variables on one line. Nothing is ever cut off.
 *
 * @throws TextTooLongError when a text without `split` grew over 1,600 characters, BlankTextError when nothing is
 * left to read, VariableError and VariablesTooLongError when a template's variables are refused by Twilio,
 * RememberedTooLongError when a value to remember is longer than 256 characters.
 */
export function render(
  book: Book,
  decision: Spoken & Pick<ReplyDecision, 'shares' | 'once' | 'question' | 'readLanguage'>,
  context: RenderContext,
  options: Partial<RenderOptions> = {},
): Rendered {
  const { steps, change } = decision.shares.reduce(
    (before, share) =>
      withoutCalls(share.actions).reduce(
        (drawn, action) =>
          carryOut(action, drawn, valuesOf(book, decision, share, context, drawn.remembered), options),
        before,
      ),
    beginAnswer(context),
  );
  const { once, question, readLanguage } = decision;
  const all: MemoryChange = {
    ...change,
    ...(once.length > 0 && { once }),
    ...(question && { question }),
    ...(readLanguage && { language: readLanguage }),
  };
  return Object.keys(all).length === 0 ? { steps } : { steps, change: all };
}

export function beginAnswer({ now, memory = {} }: RenderContext): Drawn {
  return { steps: [], remembered: liveMemory(memory, now).values ?? {}, change: {} };
}

/** What the texts of a share may name, once so much is remembered. */
export function valuesOf(
  { languages = DEFAULT_LANGUAGES, timezone, hours }: Book,
  { language }: Spoken,
  { match, composed, answer }: Taken,
  { event, now, read = {} }: RenderContext,
  remembered: Drawn['remembered'],
): RenderValues {
  return {
    event,
    now,
    match,
    composed,
    answer,
    remembered,
    languages,
    language: findLanguage(remembered['language'], languages) ?? language,
    timezone,
    hours,
    participant: read.participant ?? undefined,
    conversation: read.conversation ?? undefined,
  };
}

/** The answer with one action more. @throws what `render` throws */
export function carryOut(
  action: PlainAction,
  drawn: Drawn,
  values: RenderValues,
  { maxVariableValue = MAX_VARIABLE_VALUE }: Partial<RenderOptions> = {},
): Drawn {
  const { render: renderSteps, changes } = actionOf(action);
  const steps = [...drawn.steps, ...renderSteps(action, values, { maxVariableValue })];
  const next = changes?.(action, values);
  return next === undefined
    ? { ...drawn, steps }
    : {
        steps,
        remembered: changeValues(drawn.remembered, next),
        change: addChange(drawn.change, next),
      };
}

function changeValues(
  remembered: Readonly<Record<string, string>>,
  { forgetsAll, values = {} }: ActionChange,
): Readonly<Record<string, string>> {
  const all = { ...(forgetsAll ? {} : remembered), ...values };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

function addChange(change: ActionChange, next: ActionChange): ActionChange {
  if (next.forgetsAll) {
    const { values: _, ...rest } = change;
    return { ...rest, forgetsAll: true };
  }
  const values = next.values && { values: { ...change.values, ...next.values } };
  return { ...change, ...next, ...values };
}
