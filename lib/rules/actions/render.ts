import type { ConversationEvent } from '../../event/event-types.ts';
import { MAX_VARIABLE_VALUE } from '../../limits.ts';
import { liveMemory } from '../live-memory.ts';
import type { Read } from '../match/reading.ts';
import { DEFAULT_LANGUAGES, findLanguage } from '../match/tell-language.ts';
import type { Memory, MemoryChange } from '../memory.ts';
import type { ReplyDecision, RuleBook } from '../types.ts';
import type { ActionChange, RenderOptions, RenderValues } from './action.ts';
import { actionOf, type PlannedStep } from './actions.ts';

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

/**
 * Carries out a decision on paper, action by action: what one remembers, the next can say, in the language that holds
 * by then.
 *
 * Values go into texts as they are, into template variables on one line. Nothing is ever cut off.
 *
 * @throws TextTooLongError when a text without `split` grew over 1,600 characters, BlankTextError when nothing is
 * left to read, VariableError and VariablesTooLongError when a template's variables are refused by Twilio,
 * RememberedTooLongError when a value to remember is longer than 256 characters.
 */
export function render(
  book: Pick<RuleBook, 'languages' | 'timezone' | 'hours'>,
  decision: Pick<ReplyDecision, 'shares' | 'once' | 'question' | 'language' | 'readLanguage'>,
  { event, now, memory = {}, read = {} }: RenderContext,
  { maxVariableValue = MAX_VARIABLE_VALUE }: Partial<RenderOptions> = {},
): Rendered {
  const languages = book.languages ?? DEFAULT_LANGUAGES;
  const steps: PlannedStep[] = [];
  let remembered = liveMemory(memory, now).values ?? {};
  let change: ActionChange = {};
  for (const { match, answer, actions } of decision.shares) {
    for (const action of actions) {
      const values: RenderValues = {
        event,
        now,
        match,
        answer,
        remembered,
        languages,
        language: findLanguage(remembered['language'], languages) ?? decision.language,
        timezone: book.timezone,
        hours: book.hours,
        participant: read.participant ?? undefined,
        conversation: read.conversation ?? undefined,
      };
      const { render: carryOut, changes } = actionOf(action);
      steps.push(...carryOut(action, values, { maxVariableValue }));
      const next = changes?.(action, values);
      if (next === undefined) continue;
      remembered = changeValues(remembered, next);
      change = addChange(change, next);
    }
  }
  const { once, question, readLanguage } = decision;
  const all: MemoryChange = {
    ...change,
    ...(once.length > 0 && { once }),
    ...(question && { question }),
    ...(readLanguage && { language: readLanguage }),
  };
  return Object.keys(all).length === 0 ? { steps } : { steps, change: all };
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
