import {
  type Book,
  type Customer,
  MENU,
  type Nobody,
  type Noted,
  type Seen,
  type State,
  type Value,
} from './memory-state.ts';
import { isHandedOver, isQuiet, putOff, UNSURE_MS } from './perhaps-quiet.ts';
import type { Version } from './world.ts';

/**
 * What may be remembered after `noted`; nothing when what was seen cannot have come from `state`.
 * @param by the version that noted it
 */
export function follow(state: State, noted: Noted, by: Version, book: Book): readonly State[] {
  const next = decided(state, noted, by, book);
  // It notes who wrote, and leaves the rest as it was.
  if (by === book.forgetful) return next.length === 0 ? [] : [personNoted(state, noted)];
  return next.map((each) => closeGone(each, by, book));
}

function decided(state: State, noted: Noted, by: Version, book: Book): readonly State[] {
  switch (noted.who) {
    case 'person':
      return putOff(close(personNoted(state, noted), noted.index), book);
    case 'program':
      return putOff(open(state, MENU, noted.index), book);
    case 'bot':
      return putOff(state, book);
    case 'nobody':
      return ofNobody(state, noted, book).flatMap((next) => putOff(next, book));
    case 'customer':
      return ofCustomer(state, noted, by, book).flatMap((next) => putOff(next, book));
  }
}

function personNoted(state: State, noted: Noted): State {
  return noted.who === 'person' ? { ...state, personAt: Math.max(state.personAt, noted.at) } : state;
}

function ofNobody(state: State, { at, givesBack, onlyIfSilent }: Nobody, book: Book): readonly State[] {
  const silent = [isHandedOver(state, at), isQuiet(state, at, book)];
  const isNoted =
    !onlyIfSilent || silent.includes('yes') ? 'yes' : silent.includes('unsure') ? 'unsure' : 'no';
  const both = [givesBack, isNoted];
  const given = { ...state, givenBackAt: Math.max(state.givenBackAt, at) };
  if (both.includes('no')) return [state];
  return both.includes('unsure') ? [given, state] : [given];
}

function ofCustomer(state: State, noted: Customer, by: Version, book: Book): readonly State[] {
  const { at, body, index, seen } = noted;
  const handed = isHandedOver(state, at);
  const backs =
    body === 'bot' && handed !== 'no' ? [{ ...state, givenBackAt: Math.max(state.givenBackAt, at) }] : [];
  // Nobody comes back before it was handed over, and the two may have been written in the same second.
  const isSure = handed === 'yes' && at >= (state.handover?.at ?? 0) + UNSURE_MS;
  const stays = body === 'bot' && isSure ? [] : [state];
  return [...backs, ...stays].flatMap((before) => {
    // A word back is answered, though it was given back later as well, and that is known already.
    const asked = before === state ? state : { ...before, givenBackAt: at };
    const isHeld = before === state && isHandedOver(before, at) === 'yes';
    const isPersons = isQuiet(asked, at, book) === 'yes';
    const after = body === 'stop' ? close(before, index) : before;
    if (seen === 'failed') return [after];
    if ('silent' in seen) return isSilent(asked, noted, seen.silent, book) ? [after] : [];
    if ('said' in seen && seen.version === book.forgetful)
      return isPlainAnswer(noted, seen.said) && !isPersons ? [after] : [];
    if ('said' in seen && noted.isFrozen) return [carryOut(after, noted, seen, by, book)];
    if (book.forgetful === undefined && (isHeld || isPersons)) return [];
    if ('refused' in seen)
      return (['A', 'B'] as const).some((version) => isRefused(before, noted, version, book)) ? [after] : [];
    if (isHeld || isPersons) return [];
    if (!answersTo(before, noted, seen.version, book).includes(seen.said)) return [];
    if (seen.said === 'said' && seen.values.join() !== [before.order, before.size].map(told).join())
      return [];
    const answered = carryOut(before, noted, seen, by, book);
    return [body === 'stop' ? close(answered, index) : answered];
  });
}

function told({ value = 'none' }: Value): string {
  return value;
}

function isSilent(state: State, { at, body, isOvertaken }: Customer, reason: string, book: Book): boolean {
  if (reason === 'handed_over') return isHandedOver(state, at) !== 'no';
  const isFree = book.forgetful !== undefined || isHandedOver(state, at) !== 'yes';
  // Who wrote since is seen in the list, before it is noted: taken-over.ts judges that.
  if (reason === 'person')
    return isFree && (book.forgetful !== undefined || isOvertaken || isQuiet(state, at, book) !== 'no');
  return isFree && isQuiet(state, at, book) !== 'yes' && body === 'stop';
}

const LOST = ['broken', 'lost'];

function isRefused(state: State, noted: Customer, version: Version, book: Book): boolean {
  if (version === book.forgetful) return noted.body.startsWith('broken');
  return answersTo(state, noted, version, book).some((said) => LOST.includes(said));
}

/** A build that knows no memory answers a word with a word. */
function isPlainAnswer({ body }: Customer, said: string): boolean {
  const [kind = ''] = body.split(' ');
  const words: Readonly<Record<string, string>> = { ask: 'asked', forget: 'forgot', clear: 'cleared' };
  const plain = ['menu', 'person', 'once', 'said', 'hello', 'broken'].includes(kind) ? kind : 'what';
  return said === (words[kind] ?? plain);
}

/** The first word of the answer: one of these. */
function answersTo(
  { question, hasSpokenOnce, greeting }: State,
  { body, index, greetings }: Customer,
  version: Version,
  { asks }: Book,
): readonly string[] {
  const [kind = ''] = body.split(' ');
  const isAfter = (rule: string) => question?.rule === rule && index > question.index;
  if (kind === 'hello') return greeting === undefined ? greetings : [greeting];
  if (kind === 'ask') return ['asked'];
  if (kind === 'forget') return ['forgot'];
  if (kind === 'clear') return ['cleared'];
  if (['menu', 'person', 'said', 'broken'].includes(kind)) return [kind];
  if (kind === 'once' && !hasSpokenOnce) return ['once'];
  if (kind === 'reply' && isAfter(asks(version))) return ['took'];
  if (kind === 'lose' && isAfter(asks(version))) return ['lost'];
  if (kind === 'pick' && isAfter(MENU)) return ['picked'];
  if (!isAfter(asks(version))) return ['what'];
  return [['missed', 'again'][question?.misses ?? 0] ?? 'enough'];
}

function carryOut(
  state: State,
  { at, endedAt, body, index }: Customer,
  seen: Extract<Seen, { readonly said: string }>,
  by: Version,
  book: Book,
): State {
  const { question, order, size } = state;
  const number = body.split(' ')[1] ?? '';
  const set = (before: Value, value: string | undefined) =>
    before.by > index ? before : { value, by: index };
  switch (seen.said) {
    case 'asked':
      // A question whose rule is gone by now is not opened, and closes none.
      return book.asks(by) === book.asks(seen.version) ? open(state, book.asks(by), seen.index) : state;
    case 'menu':
      return open(state, MENU, seen.index);
    case 'took':
      return { ...close(state, question?.index ?? -1), order: set(order, number), size: set(size, number) };
    case 'forgot':
      return { ...state, order: set(order, undefined) };
    case 'cleared':
      return { ...state, order: set(order, undefined), size: set(size, undefined) };
    case 'hello':
    case 'hallo':
      return { ...state, greeting: seen.said };
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
      const until = Math.max(at, endedAt) + book.handoverMs;
      const handover = isLater ? { at, until } : state.handover;
      return close({ ...state, handover }, seen.index);
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
