import type { ConversationEvent } from '../../lib/event/event-types.ts';
import { isHandedOver } from '../../lib/guards/handover.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { memoryOf } from '../../lib/record/memory.ts';
import { liveMemory } from '../../lib/rules/live-memory.ts';
import { readFacts } from '../../lib/rules/match/read-facts.ts';
import type { Read } from '../../lib/rules/match/reading.ts';
import { DEFAULT_LANGUAGES, findLanguage } from '../../lib/rules/match/tell-language.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import type { Attributes, Expectation } from '../talk.ts';
import { showValues } from '../tell/show-item.ts';

/** What is known of the conversation at a moment. */
export interface State {
  readonly book: RuleBook;
  readonly conversation: ConversationRecord;
  readonly now: number;
  /** What a customer wrote last. */
  readonly latest: ConversationEvent | undefined;
  readonly read: Read;
}

type StateStep = Extract<Expectation, { does: 'handed over' | 'remembered' | 'language' }>;

export interface CheckedState {
  /** What is so, as a talk writes it. */
  readonly value: Attributes | string;
  /** Nothing is expected yet. */
  readonly isEmpty: boolean;
  /** Why that is not what is expected. */
  readonly wrong?: string;
}

export function checkState(step: StateStep, state: State): CheckedState {
  switch (step.does) {
    case 'handed over': {
      const isSo = isHandedOver(state.conversation, state.now);
      const wrong = isSo
        ? 'The conversation is handed over to a person.'
        : 'The bot answers this conversation.';
      return {
        value: String(isSo),
        isEmpty: step.isSo === undefined,
        ...(step.isSo === isSo ? {} : { wrong }),
      };
    }
    case 'remembered': {
      const value = valuesOf(state);
      const wrong = `Expected to be remembered: ${showAll(step.values)}. What is: ${showAll(value)}.`;
      return {
        value,
        isEmpty: step.values === undefined,
        ...(isRemembered(step.values, value) ? {} : { wrong }),
      };
    }
    case 'language': {
      const value = languageOf(state);
      const wrong = `Expected the language ${step.language}, and it is ${value}.`;
      return { value, isEmpty: step.language === undefined, ...(step.language === value ? {} : { wrong }) };
    }
  }
}

function showAll(values: Attributes | undefined): string {
  return showValues(values) || 'nothing';
}

/** An empty value is one that is not there; an empty mapping says that there is none. */
function isRemembered(expected: Attributes | undefined, values: Attributes): boolean {
  const wanted = Object.entries(expected ?? {});
  if (wanted.length === 0) return Object.keys(values).length === 0;
  return wanted.every(([name, value]) => (Object.hasOwn(values, name) ? values[name] : '') === value);
}

function valuesOf({ conversation, now }: State): Attributes {
  return liveMemory(memoryOf(conversation), now).values ?? {};
}

function languageOf(state: State): string {
  const { book, conversation, now, latest, read } = state;
  const { languages = DEFAULT_LANGUAGES } = book;
  const [first = 'en'] = languages;
  if (latest === undefined) return findLanguage(valuesOf(state)['language'], languages) ?? first;
  return readFacts(latest, book, { memory: memoryOf(conversation), at: now, read }).language().language;
}
