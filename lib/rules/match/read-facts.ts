import type { Channel } from '../../event/channels.ts';
import type { ConversationEvent } from '../../event/event-types.ts';
import { readChannel } from '../../event/read-channel.ts';
import { DEFAULT_OPT_OUT, isStopWord, type OptOut } from '../../guards/stop-words.ts';
import { subjectKey } from '../../guards/subject-key.ts';
import { compose, composePlainly, trimText } from '../../text/compose.ts';
import { cutText } from '../../text/cut-text.ts';
import { normalizeText } from '../../text/normalize-text.ts';
import { toWords } from '../../text/to-words.ts';
import type { OpeningHours } from '../hours/opening-hours.ts';
import { liveMemory } from '../live-memory.ts';
import type { Memory, OpenQuestion } from '../memory.ts';
import { lookUp, type Values } from '../render/look-up.ts';
import { isKeyword, type KeywordRules } from './is-keyword.ts';
import { type NotOpen, type WaitingRules, whyNotOpen } from './open-question.ts';
import { type Read, type Reading, startReading } from './reading.ts';
import { DEFAULT_LANGUAGES, type ToldLanguage, tellLanguage } from './tell-language.ts';

/** What of a RuleBook is needed here; its own type would lead back to the facts. */
export type FactsBook = KeywordRules &
  WaitingRules & {
    readonly optOut?: OptOut;
    readonly timezone?: string;
    readonly hours?: Readonly<Record<string, OpeningHours>>;
    readonly languages?: readonly string[];
  };

/** What conditions ask about an event. */
export interface Facts {
  /** For what only one condition asks; what several ask, or costs something, is worked out below. */
  readonly event: ConversationEvent;
  readonly channel: Channel;
  /** The message without the space around it, cut at MATCHED_LENGTH. */
  readonly body: string;
  /** The message as the customer wrote it, and where in it the text begins on which patterns are run. */
  readonly written: { readonly body: string; readonly start: number };
  /**
   * What patterns see: composed and trimmed, in the case the customer wrote; and once more with the digits of every
   * script as 0 to 9 and the Turkish İ and ı as I and i, where that is another text.
   */
  readonly texts: readonly string[];
  /** What keywords are compared with. */
  readonly normal: string;
  /**
   * The message is a keyword of the file, accents and all. Then nothing that only ignores its accents may take it, or
   * `si` would take the `sí` for which another rule waits. Looks through the whole file when it is first asked.
   */
  readonly isKeyword: () => boolean;
  /** As toWords leaves them. */
  readonly words: readonly string[];
  /** MIME types without parameters, in lower case. */
  readonly media: readonly string[];
  /** The message is a stop word (guards/stop-words.ts). */
  readonly isStopWord: boolean;
  /** When the customer wrote, in milliseconds since the epoch. */
  readonly at: number;
  readonly memory: Memory;
  /** The question that is open to this event, or why there is none. */
  readonly question: OpenQuestion | undefined;
  readonly notOpen: NotOpen | undefined;
  readonly timezone: string;
  readonly hours: Readonly<Record<string, OpeningHours>>;
  readonly languages: readonly string[];
  readonly language: () => ToldLanguage;
  /** The same, where it was asked for by now. */
  readonly toldLanguage: () => ToldLanguage | undefined;
  /** What it is where nothing is remembered of it; told from now on. */
  readonly unrememberedLanguage: () => ToldLanguage;
  /** What `{{ path }}` stands for here; none of what the rule itself takes from the message. */
  readonly value: (path: string) => string | undefined;
  /** What was asked for and has not been read. */
  readonly missing: Reading['missing'];
  readonly unask: Reading['unask'];
}

/** What is known when an event is decided, beyond the event. */
export interface Known {
  readonly memory: Memory;
  /** When the customer wrote, in milliseconds since the epoch. */
  readonly at: number;
  readonly read: Read;
}

/** @param book the rules that will be asked */
export function readFacts(event: ConversationEvent, book: FactsBook, known: Known): Facts {
  const message = event.EventType === 'onMessageAdded' ? event : undefined;
  const whole = message?.Body ?? '';
  const trimmed = trimText(whole);
  const body = cutText(trimmed);
  const normal = normalizeText(body);
  // Composing may lengthen a text, so it is cut before and after.
  const text = cutText(compose(body));
  const plain = cutText(composePlainly(body));
  const { at, read } = known;
  const memory = liveMemory(known.memory, at);
  const notOpen = whyNotOpen(book, event, memory, at);
  const reading = startReading(event, read);
  const languages = book.languages ?? DEFAULT_LANGUAGES;
  let told: ToldLanguage | undefined;
  const tell = (known: Memory): ToldLanguage => {
    const before = reading.asked();
    const isUnread = () => reading.asked() > before;
    const language = tellLanguage(languages, known, subjectKey(event) ?? '', at, (path) => {
      const value = lookUp(path, values);
      return isUnread() ? null : value;
    });
    if (!isUnread()) told = language;
    return language;
  };
  const language = () => told ?? tell(memory);
  const values: Values = {
    event,
    match: {},
    remembered: memory.values,
    now: at,
    timezone: book.timezone,
    hours: book.hours,
    get language() {
      return language().language;
    },
    get participant() {
      return reading.participant;
    },
    get conversation() {
      return reading.conversation;
    },
  };
  return {
    event,
    channel: readChannel(event),
    body,
    written: { body: whole, start: whole.indexOf(trimmed) },
    texts: plain === text ? [text] : [text, plain],
    normal,
    isKeyword: () => isKeyword(book, normal),
    words: toWords(body),
    media: (message?.Media ?? []).map((item) => mimeType(item.ContentType)),
    isStopWord: message !== undefined && isStopWord(message.Body, book.optOut ?? DEFAULT_OPT_OUT),
    at,
    memory,
    question: notOpen === undefined ? memory.question : undefined,
    notOpen,
    timezone: book.timezone ?? 'UTC',
    hours: book.hours ?? {},
    languages,
    language,
    toldLanguage: () => told,
    unrememberedLanguage: () => tell({ ...memory, values: {} }),
    value: (path) => lookUp(path, values),
    missing: reading.missing,
    unask: reading.unask,
  };
}

function mimeType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}
