/**
 * What a conversation of the profile `memory` remembers, told again with as little as possible: by what customers saw,
 * in the order in which messages came to their outcome. Where nobody outside can tell what the bot knew, all that is
 * possible is followed, and what it did next says which of it was so.
 */
export interface State {
  readonly question?: { readonly rule: string; readonly index: number; readonly misses: number } | undefined;
  /** Questions up to this Index are closed. */
  readonly closedTo: number;
  /** What `remembered.order` is, and the Index of the message that put it there. */
  readonly order?: { readonly value: string; readonly by: number } | undefined;
  readonly hasSpokenOnce: boolean;
  readonly handover?: { readonly at: number; readonly until: number } | undefined;
  readonly personAt: number;
  readonly givenBackAt: number;
}

export const NOTHING: State = { closedTo: -1, hasSpokenOnce: false, personAt: 0, givenBackAt: 0 };

/** One thing that was noted, and what was seen of how it was decided. */
export type Noted =
  | {
      readonly who: 'customer';
      readonly index: number;
      readonly at: number;
      readonly body: string;
      readonly seen: Seen;
    }
  | { readonly who: 'person'; readonly index: number; readonly at: number }
  | { readonly who: 'program'; readonly index: number }
  | { readonly who: 'nobody'; readonly givesBackAt: number };

export type Seen =
  | {
      readonly said: string;
      readonly version: Version;
      readonly value: string | undefined;
      readonly index: number;
    }
  | { readonly silent: 'handed_over' | 'person' | 'stop_word' }
  /** It failed, for reasons of its own: nothing of its answer counts. */
  | 'failed';

type Version = 'A' | 'B';

export interface Book {
  readonly quietMs: number;
  readonly handoverMs: number;
  /** The versions that may note something; each names the rules that ask in its own way. */
  readonly versions: readonly Version[];
  readonly asks: (version: Version) => string;
}

export const MENU = 'menu';
/** Lists date in whole seconds. */
const UNSURE_MS = 1_500;

/** What may be remembered after `noted`; nothing when what was seen cannot have come from `state`. */
export function follow(state: State, noted: Noted, book: Book): readonly State[] {
  const next = decided(state, noted, book);
  return next.flatMap((each) => [...new Set(book.versions.map((version) => closeGone(each, version, book)))]);
}

function decided(state: State, noted: Noted, book: Book): readonly State[] {
  switch (noted.who) {
    case 'person':
      return [putOff(close({ ...state, personAt: Math.max(state.personAt, noted.at) }, noted.index), book)];
    case 'program':
      return [open(state, MENU, noted.index)];
    case 'nobody':
      return [{ ...state, givenBackAt: Math.max(state.givenBackAt, noted.givesBackAt) }];
    case 'customer':
      return ofCustomer(state, noted, book);
  }
}

function ofCustomer(state: State, noted: Noted & { readonly who: 'customer' }, book: Book): readonly State[] {
  const { at, body, index, seen } = noted;
  const handed = isHandedOver(state, at);
  const backs =
    body === 'bot' && handed !== 'no' ? [{ ...state, givenBackAt: Math.max(state.givenBackAt, at) }] : [];
  const stays = body === 'bot' && handed === 'yes' ? [] : [state];
  return [...backs, ...stays].flatMap((before) => {
    const after = body === 'stop' ? close(before, index) : before;
    if (seen === 'failed') return [after];
    if ('silent' in seen) return isSilent(before, at, seen.silent, body, book) ? [after] : [];
    if (isHandedOver(before, at) === 'yes' || isQuiet(before, at, book) === 'yes') return [];
    if (answerTo(before, noted, seen.version, book) !== seen.said) return [];
    if (seen.said === 'said' && seen.value !== (before.order?.value ?? 'none')) return [];
    const answered = carryOut(before, noted, seen, book);
    return [body === 'stop' ? close(answered, index) : answered];
  });
}

function isSilent(state: State, at: number, reason: string, body: string, book: Book): boolean {
  if (reason === 'handed_over') return isHandedOver(state, at) !== 'no';
  const isFree = isHandedOver(state, at) !== 'yes';
  // Who wrote since is seen in the list, before it is noted: taken-over.ts judges that.
  if (reason === 'person') return isFree;
  return isFree && isQuiet(state, at, book) !== 'yes' && body === 'stop';
}

/** The first word of the answer. */
function answerTo(
  { question, hasSpokenOnce }: State,
  { body, index }: Noted & { readonly who: 'customer' },
  version: Version,
  { asks }: Book,
): string {
  const [kind = ''] = body.split(' ');
  const isAfter = (rule: string) => question?.rule === rule && index > question.index;
  if (kind === 'ask') return 'asked';
  if (['menu', 'person', 'said'].includes(kind)) return kind;
  if (kind === 'once' && !hasSpokenOnce) return 'once';
  if (kind === 'reply' && isAfter(asks(version))) return 'took';
  if (kind === 'pick' && isAfter(MENU)) return 'picked';
  if (!isAfter(asks(version))) return 'what';
  return ['missed', 'again'][question?.misses ?? 0] ?? 'enough';
}

function carryOut(
  state: State,
  { at, body, index }: Noted & { readonly who: 'customer' },
  seen: Exclude<Seen, 'failed' | { readonly silent: string }>,
  book: Book,
): State {
  const { question } = state;
  const number = body.split(' ')[1] ?? '';
  switch (seen.said) {
    case 'asked':
      return open(state, book.asks(seen.version), seen.index);
    case 'menu':
      return open(state, MENU, seen.index);
    case 'took':
      return {
        ...close(state, question?.index ?? -1),
        order: (state.order?.by ?? -1) > index ? state.order : { value: number, by: index },
      };
    case 'picked':
      return { ...state, question: question && { ...question, misses: 0 } };
    case 'missed':
    case 'again':
    case 'enough':
      return { ...state, question: question && { ...question, misses: question.misses + 1 } };
    case 'once':
      return { ...state, hasSpokenOnce: true };
    case 'person': {
      const isLater = at >= (state.handover?.at ?? 0);
      const handover = isLater ? { at, until: at + book.handoverMs } : state.handover;
      return putOff(close({ ...state, handover }, seen.index), book);
    }
    default:
      return state;
  }
}

function open(state: State, rule: string, index: number): State {
  if (index <= Math.max(state.closedTo, state.question?.index ?? -1)) return state;
  return { ...state, question: { rule, index, misses: 0 } };
}

function close(state: State, upTo: number): State {
  const { question } = state;
  const closedTo = Math.max(state.closedTo, upTo);
  return { ...state, closedTo, question: question && question.index > closedTo ? question : undefined };
}

function closeGone(state: State, version: Version, { asks }: Book): State {
  const { question } = state;
  if (question === undefined || [MENU, asks(version)].includes(question.rule)) return state;
  return close(state, question.index);
}

function putOff(state: State, { quietMs }: Book): State {
  const { handover, personAt } = state;
  if (handover === undefined || personAt < handover.at || personAt >= handover.until) return state;
  return { ...state, handover: { ...handover, until: Math.max(handover.until, personAt + quietMs) } };
}

type Perhaps = 'yes' | 'no' | 'unsure';

/** Whether `at` lies between the two, as far as anybody can tell. */
function isBetween(at: number, from: number, until: number): Perhaps {
  if (at < from - UNSURE_MS || at >= until + UNSURE_MS) return 'no';
  return at >= from + UNSURE_MS && at < until - UNSURE_MS ? 'yes' : 'unsure';
}

function isHandedOver({ handover, givenBackAt }: State, at: number): Perhaps {
  if (handover === undefined) return 'no';
  const during = isBetween(at, -UNSURE_MS * 2, handover.until);
  if (during === 'no' || givenBackAt < handover.at - UNSURE_MS) return during;
  if (givenBackAt > at + UNSURE_MS) return during;
  return Math.abs(givenBackAt - handover.at) > UNSURE_MS && givenBackAt < at - UNSURE_MS ? 'no' : 'unsure';
}

function isQuiet({ personAt, givenBackAt }: State, at: number, { quietMs }: Book): Perhaps {
  if (personAt === 0) return 'no';
  const during = isBetween(at, -UNSURE_MS * 2, personAt + quietMs);
  return during === 'no' || givenBackAt < personAt - UNSURE_MS ? during : 'unsure';
}
