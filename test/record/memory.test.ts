import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHandedOver } from '../../lib/guards/handover.ts';
import { applyMemory, memoryOf, type Remembered } from '../../lib/record/memory.ts';
import type { MemoryEvent, MemoryRules } from '../../lib/record/memory-event.ts';
import { MEMORY_MS, type MemoryChange, type QuestionChange } from '../../lib/rules/memory.ts';
import { OPEN } from '../guards/asked.ts';

const HOUR = 3_600_000;
const ASKING = ['order', 'name', 'why'];
const RULES: MemoryRules = { quietAfterPersonMs: 8 * HOUR, isWaiting: (rule) => ASKING.includes(rule) };
const EMPTY: Remembered = { accounted: -1 };

/** A customer's message, a second for each Index, answered with one message. */
function message(index: number, change?: MemoryChange, over: Partial<MemoryEvent> = {}): MemoryEvent {
  const at = index * 1_000;
  return {
    index,
    at,
    endedAt: at + 500,
    who: 'customer',
    subject: 'ana',
    replyIndexes: change === undefined ? [] : [index + 1],
    ...(change && { change }),
    ...over,
  };
}

const asks = (question: QuestionChange): MemoryChange => ({ question });
const opens = (rule: string, over: object = {}) => asks({ opens: rule, to: 'ana', ...over });
const silent = (who: MemoryEvent['who']) => ({ who, replyIndexes: [] });

function apply(state: Remembered, event: MemoryEvent, rules: MemoryRules = RULES): Remembered {
  const personAt =
    event.who === 'person' && event.index !== undefined
      ? { personAt: Math.max(state.personAt ?? 0, event.at) }
      : {};
  const authored = { ...state, ...personAt };
  const { remembering } = applyMemory(authored, event, rules);
  return { ...authored, ...remembering, accounted: Math.max(state.accounted, event.index ?? -1) };
}

const noted = (...events: readonly MemoryEvent[]) =>
  events.reduce((state, event) => apply(state, event), EMPTY);
const question = (...events: readonly MemoryEvent[]) => noted(...events).memory?.question;
const program = (index: number, rule: string) =>
  message(index, undefined, { ...silent('program'), asks: rule });

describe('an open question', () => {
  it('is the last part that asked, at the time when that was sent', () => {
    expect(question(message(4, opens('order'), { replyIndexes: [5, 6] }))).toEqual({
      rule: 'order',
      to: 'ana',
      index: 6,
      at: 4_500,
      misses: 0,
    });
  });

  it('is replaced by what is asked later, and not by what was asked before and noted later', () => {
    const [first, second] = [message(4, opens('order')), message(8, opens('name'))];
    expect(question(first, second)?.rule).toBe('name');
    expect(question(second, first)?.rule).toBe('name');
  });

  it('is closed by its answer, or kept open and begun anew', () => {
    const asked = message(4, opens('order'));
    const of = { rule: 'order', index: 5 };
    expect(question(asked, message(6, asks({ closes: of })))).toBeUndefined();
    const missed = message(6, asks({ misses: of }));
    expect(question(asked, missed)).toMatchObject({ misses: 1, at: 6_500 });
    expect(question(asked, missed, message(8, asks({ keeps: of })))).toMatchObject({ misses: 0, at: 8_500 });
  });

  it('is left alone by what is about one before', () => {
    const open = [message(4, opens('order')), message(8, opens('order'))];
    const of = { rule: 'order', index: 5 };
    const others = [{ closes: of }, { misses: of }, { keeps: of }, { misses: { rule: 'name', index: 9 } }];
    for (const change of others)
      expect(question(...open, message(10, asks(change)))).toEqual(question(...open));
    expect(question(message(10, asks({ misses: of })))).toBeUndefined();
  });

  it('counts on where it is asked again by its own otherwise', () => {
    expect(question(message(4, opens('order')), message(6, opens('order', { misses: 1 })))?.misses).toBe(1);
  });

  it('is closed when a person writes after it, in whatever order that is noted', () => {
    const asked = message(4, opens('order'));
    const person = (index: number) => message(index, undefined, silent('person'));
    expect(question(asked, person(6))).toBeUndefined();
    expect(question(person(6), asked)).toBeUndefined();
    expect(question(asked, person(3))?.rule).toBe('order');
    expect(question(program(7, 'order'), person(9))).toBeUndefined();
  });

  it('stays open when a person joins', () => {
    const { index: _, ...joined } = message(9, undefined, silent('person'));
    expect(question(program(0, 'order'), joined)?.rule).toBe('order');
    expect(noted(joined).order).toBeUndefined();
  });

  it('is closed by a stop word of the one asked alone', () => {
    const stop = (index: number, subject: string) =>
      message(index, undefined, { isStopWord: true, subject, replyIndexes: [] });
    const asked = message(4, opens('order'));
    expect(question(asked, stop(6, 'ana'))).toBeUndefined();
    expect(question(stop(6, 'ana'), asked)).toBeUndefined();
    expect(question(asked, stop(6, 'bob'))?.rule).toBe('order');
    expect(question(message(4, asks({ opens: 'order' })), stop(6, 'bob'))).toBeUndefined();
    expect(question(program(0, 'order'), stop(1, 'ana'))).toBeUndefined();
  });

  it('stays closed to somebody who wrote a stop word, though others have written one since', () => {
    const stop = (index: number, subject: string) =>
      message(index, undefined, { isStopWord: true, subject, replyIndexes: [] });
    const asked = message(4, opens('order'));
    const [ana, bob] = [stop(7, 'ana'), stop(9, 'bob')];
    expect(question(asked, bob, ana)).toBeUndefined();
    expect(question(ana, bob, asked)).toBeUndefined();
    expect(question(ana, bob, message(11, opens('order')))?.rule).toBe('order');
    expect(noted(bob, ana, stop(5, 'ana')).order).toStrictEqual({
      stopped: { index: 9, by: 'bob', before: { ana: 7 } },
    });
    // Of the very first message, and of the answer to a welcome.
    expect(noted(bob, stop(0, 'ana')).order?.stopped?.before).toEqual({ ana: 0 });
    const welcomed = message(-1, opens('order'), { replyIndexes: [0] });
    expect(question(bob, welcomed)?.rule).toBe('order');
  });

  it('knows the stop words of sixteen customers beside the latest', () => {
    const stops = Array.from({ length: 20 }, (_, n) =>
      message(2 * n, undefined, { isStopWord: true, subject: `c${n}`, replyIndexes: [] }),
    );
    const { before = {} } = noted(...stops.toReversed()).order?.stopped ?? {};
    expect(Object.keys(before)).toEqual(Array.from({ length: 16 }, (_, n) => `c${18 - n}`));
  });

  it('is closed by a stop word of nobody known only where it was put to nobody', () => {
    const { subject: _, ...stop } = message(6, undefined, { isStopWord: true });
    expect(noted(stop).order).toStrictEqual({ stopped: { index: 6 } });
    expect(question(message(4, opens('order')), stop)?.rule).toBe('order');
    expect(question(program(4, 'order'), stop)).toBeUndefined();
    const known = message(8, undefined, { isStopWord: true, replyIndexes: [] });
    expect(noted(stop, known).order).toStrictEqual({ stopped: { index: 8, by: 'ana' } });
  });

  it('may be asked in answer to a stop word', () => {
    expect(question(message(4, opens('why'), { isStopWord: true }))?.rule).toBe('why');
    const unplaced = message(4, opens('why'), { isStopWord: true, replyIndexes: [] });
    expect(question(unplaced)?.rule).toBe('why');
  });

  it('is closed by a handover, though a program asked it just before that was said', () => {
    const handedOver = message(6, { handover: { forMs: 1, back: [] } }, { replyIndexes: [8] });
    expect(question(message(4, opens('order')), handedOver)).toBeUndefined();
    expect(question(handedOver, program(7, 'order'))).toBeUndefined();
    expect(question(handedOver, program(9, 'order'))?.rule).toBe('order');
  });

  it('may be a program’s, to anybody, and is not where it names a rule that does not wait', () => {
    expect(question(program(7, 'order'))).toEqual({ rule: 'order', index: 7, at: 7_000, misses: 0 });
    const kept = apply(noted(message(4, opens('order'))), program(7, 'gone'));
    expect(kept.memory?.question?.rule).toBe('order');
    expect(applyMemory(EMPTY, program(7, 'gone'), RULES).questionGone).toBe(true);
  });

  it('that was closed does not open again when it is noted again, not even the first message', () => {
    const closed = message(1, asks({ closes: { rule: 'order', index: 0 } }));
    expect(question(program(0, 'order'), closed, program(0, 'order'))).toBeUndefined();
  });

  it('is neither opened nor closed by what has no place among the messages', () => {
    const { index: _, ...unplaced } = message(9, undefined, { isStopWord: true, asks: 'name' });
    expect(noted(unplaced)).toStrictEqual({ ...EMPTY });
  });

  it('may be put to anybody', () => {
    const of = { rule: 'order', index: 5, at: 4_500, misses: 0 };
    expect(question(message(4, asks({ opens: 'order' })))).toStrictEqual(of);
  });

  it('is closed, once, when its rule is gone', () => {
    const state = noted(message(4, opens('order')));
    expect(applyMemory(state, message(6), RULES).questionGone).toBe(false);
    const renamed = { ...RULES, isWaiting: (rule: string) => rule === 'ask-order' };
    const first = applyMemory(state, message(6), renamed);
    expect(first.questionGone).toBe(true);
    expect(first.remembering.memory?.question).toBeUndefined();
    const next = applyMemory({ ...state, ...first.remembering }, message(7), renamed);
    expect(next.questionGone).toBe(false);
  });

  it('of a welcome stands where it was noted', () => {
    const welcome: MemoryEvent = {
      at: 9_000,
      who: 'customer',
      subject: 'MB1',
      replyIndexes: [],
      change: opens('order'),
    };
    expect(apply({ accounted: 7 }, welcome).memory?.question?.index).toBe(7);
    expect(apply({ accounted: 7 }, { ...welcome, replyIndexes: [9] }).memory?.question?.index).toBe(9);
  });
});

describe('values', () => {
  const forgets = (...names: readonly string[]): MemoryChange => ({
    values: Object.fromEntries(names.map((name) => [name, null])),
  });
  const values = (...events: readonly MemoryEvent[]) => noted(...events).memory?.values;

  it('are remembered, written over and forgotten', () => {
    expect(
      values(message(1, { values: { a: '1', b: '1' } }), message(3, { values: { a: '2', b: null } })),
    ).toEqual({
      a: '2',
    });
    expect(
      values(message(1, { values: { a: '1' } }), message(3, { forgetsAll: true, values: { b: '2' } })),
    ).toEqual({
      b: '2',
    });
  });

  it('are those of the latest message, whichever is noted first', () => {
    const early = message(1, { values: { a: '1', b: '1', c: '1' } });
    const late = message(3, { values: { a: '2', b: null } });
    expect(values(late, early)).toEqual({ a: '2', c: '1' });
    expect(values(message(3, { forgetsAll: true }), early)).toBeUndefined();
    expect(values(message(0, { values: { a: '1' } }))).toEqual({ a: '1' });
    expect(noted(message(0, { forgetsAll: true })).order).toEqual({ forgotTo: 0 });
  });

  it('that a welcome remembers stand where its reply does', () => {
    const change = { values: { a: '1' } };
    const welcome: MemoryEvent = { at: 9_000, who: 'customer', replyIndexes: [9], change };
    const state = apply({ accounted: 7 }, welcome);
    expect(apply(state, message(8, { values: { a: '2' } })).memory?.values).toEqual({ a: '1' });
    expect(apply(state, message(9, { values: { a: '2' } })).memory?.values).toEqual({ a: '2' });
  });

  it('that were forgotten stay so, the latest sixteen', () => {
    const names = Array.from({ length: 16 }, (_, at) => `v${at}`);
    const all = message(3, { values: Object.fromEntries(names.map((name) => [name, 'x'])) });
    const early = message(0, { values: { a: '1' } });
    expect(values(message(1, forgets('a')), all, message(5, forgets('v0')), early)).not.toHaveProperty('a');
    const forgotten = noted(message(1, forgets('a')), message(2, forgets(...names)));
    expect(Object.keys(forgotten.order?.values ?? {}).toSorted()).toEqual(names.toSorted());
  });

  it('of one message that are too many are those first by name', () => {
    const names = 'aqbcdefghijklmnop';
    const kept = values(message(1, { values: Object.fromEntries([...names].map((name) => [name, 'x'])) }));
    expect(
      Object.keys(kept ?? {})
        .toSorted()
        .join(''),
    ).toBe('abcdefghijklmnop');
  });

  it('lose no place to those that were forgotten since', () => {
    const sixteen = Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`kept${at}`, 'x']));
    const others = Array.from({ length: 5 }, (_, at) => `other${at}`);
    const state = noted(message(1, { values: sixteen }), message(2, forgets(...others)));
    expect(state.memory?.values).toEqual(sixteen);
  });

  it('are sixteen at most, the latest', () => {
    const many = Array.from({ length: 20 }, (_, at) => message(at, { values: { [`v${at}`]: 'x' } }));
    const kept = Object.keys(values(...many) ?? {});
    expect(kept).toHaveLength(16);
    expect(kept).toContain('v19');
    expect(kept).not.toContain('v3');
  });
});

describe('what is remembered', () => {
  it('is when a customer last wrote, whatever became of it, and nobody else', () => {
    expect(noted(message(5)).memory?.customerAt).toBe(5_000);
    expect(noted(message(5), message(3)).memory?.customerAt).toBe(5_000);
    for (const who of ['person', 'program', 'bot', 'system'] as const)
      expect(noted(message(5, undefined, silent(who))).memory).toBeUndefined();
    expect(noted({ at: 5_000, who: 'customer', replyIndexes: [] }).memory).toBeUndefined();
  });

  it('is of an item of the version before when the latest text came', () => {
    expect(memoryOf({ repeated: { hash: 'x', count: 1, at: 7 } })).toEqual({ customerAt: 7 });
    expect(memoryOf({ ...OPEN, memory: { customerAt: 9 } })).toEqual({ customerAt: 9 });
    expect(memoryOf(OPEN)).toStrictEqual({});
  });

  it('is when each thing last spoke, the latest 32', () => {
    const many = Array.from({ length: 40 }, (_, at) => message(at, { once: [`k${at}`] }));
    const { once = {} } =
      noted(...many, message(50, { once: ['k39'] }), message(45, { once: ['k39'] })).memory ?? {};
    expect(Object.keys(once)).toHaveLength(32);
    expect(once).toMatchObject({ k39: 50_000, k8: 8_000 });
    expect(once).not.toHaveProperty('k7');
  });

  it('is the language that was read last', () => {
    const read = (at: number, language: string) => message(at, { language: { of: 'ana', language, at } });
    expect(noted(read(1, 'de'), read(2, 'en')).memory?.language?.language).toBe('en');
    expect(noted(read(2, 'en'), read(1, 'de')).memory?.language?.language).toBe('en');
    expect(noted(read(2, 'en'), read(2, 'de'), message(3)).memory?.language?.language).toBe('en');
  });

  it('is forgotten a month after a customer’s last message, for good, but for what somebody asked since', () => {
    const spoke = message(1, { values: { a: '1' }, once: ['k'], ...opens('order') });
    const back = message(9, undefined, { at: 1_000 + MEMORY_MS + 1 });
    expect(noted(spoke, { ...back, at: 1_000 + MEMORY_MS }).memory?.values).toEqual({ a: '1' });
    expect(noted(spoke, back).memory).toEqual({ customerAt: back.at, question: question(spoke) });
    expect(noted(spoke, back).order?.values).toBeUndefined();
  });
});

describe('a handover', () => {
  const over = { handover: { forMs: HOUR, back: ['bot'] } };

  it('keeps the keywords that are no word back', () => {
    const { handover } = noted(message(4, { handover: { ...over.handover, keywords: ['bót'] } }));
    expect(handover).toMatchObject({ back: ['bot'], keywords: ['bót'] });
  });
  const person = (index: number, at: number) => message(index, undefined, { ...silent('person'), at });

  it('begins with what the customer wrote, and lasts from the answer on as long as the rule says', () => {
    const state = noted(message(4, over));
    expect(state.handover).toEqual({ at: 4_000, until: 4_500 + HOUR, back: ['bot'] });
    expect(applyMemory(EMPTY, message(4, over), RULES).handedOver).toBe(true);
    expect(applyMemory(state, message(4, over), RULES).handedOver).toBe(false);
  });

  // Cause: it counted from the message on, and was over when its answer was given at last.
  it('lasts as long where its answer waited, and begins with that where it was decided anew', () => {
    const late = message(4, over, { endedAt: 4_000 + 2 * HOUR });
    expect(noted(late).handover).toMatchObject({ at: 4_000, until: 4_000 + 3 * HOUR });
    const gaveBack: MemoryEvent = { at: 9_000, who: 'customer', replyIndexes: [], givesBackAt: 9_000 };
    const anew = noted(gaveBack, { ...late, isReplayed: true });
    expect(anew.handover).toMatchObject({ at: 4_000 + 2 * HOUR, until: 4_000 + 3 * HOUR });
    expect([isHandedOver(noted(gaveBack, late), 10_000), isHandedOver(anew, 10_000)]).toEqual([false, true]);
    expect(noted({ ...message(4, over), endedAt: 3_000 }).handover?.until).toBe(4_000 + HOUR);
  });

  // Cause: of two people who wrote, only the one who was noted last put it off, and not beyond what the other had done.
  it('is put off by each message of a person, in whatever order they are noted', () => {
    const first = person(6, 30_000);
    expect(noted(message(4, over), first).handover?.until).toBe(30_000 + 8 * HOUR);
    expect(noted(first, message(4, over)).handover?.until).toBe(30_000 + 8 * HOUR);
    const [soon, later] = [person(6, 30_000), person(8, 4_000 + 2 * HOUR)];
    for (const events of [
      [message(4, over), soon, later],
      [later, soon, message(4, over)],
    ])
      expect(noted(...events).handover?.until).toBe(4_000 + 10 * HOUR);
    expect(noted(message(4, over), person(3, 3_999)).handover?.until).toBe(4_500 + HOUR);
    expect(noted(message(4, over), person(3, 4_000)).handover?.until).toBe(4_000 + 8 * HOUR);
  });

  it('is not put off where a person’s message does not keep the bot quiet', () => {
    const rules = { ...RULES, quietAfterPersonMs: 0 };
    const state = apply(apply(EMPTY, message(4, over)), person(6, 30_000), rules);
    expect(state.handover?.until).toBe(4_500 + HOUR);
    expect(apply(state, person(8, 5_000 + HOUR), rules).handover?.until).toBe(4_500 + HOUR);
  });

  it('ends when it is given back, which counts once, and only where there is something to give back', () => {
    const gaveBack: MemoryEvent = { at: 9_000, who: 'customer', replyIndexes: [], givesBackAt: 9_000 };
    const state = noted(message(4, over));
    const given = applyMemory(state, gaveBack, RULES);
    expect(given.handedBack).toBe(true);
    expect(isHandedOver(given.remembering, 10_000)).toBe(false);
    expect(applyMemory({ ...state, ...given.remembering }, gaveBack, RULES).handedBack).toBe(false);
    expect(applyMemory(EMPTY, gaveBack, RULES).handedBack).toBe(false);
    expect(applyMemory({ ...EMPTY, personAt: 8_000 }, gaveBack, RULES).handedBack).toBe(true);
  });

  it('that began before it was given back has no effect, though it is noted later', () => {
    const gaveBack: MemoryEvent = { at: 9_000, who: 'customer', replyIndexes: [], givesBackAt: 9_000 };
    const state = noted(gaveBack);
    const late = applyMemory(state, message(4, over), RULES);
    expect(late.handedOver).toBe(false);
    expect(isHandedOver(late.remembering, 10_000)).toBe(false);
  });

  it('that begins with the very message that gives it back has its effect', () => {
    const both = applyMemory(EMPTY, message(4, over, { givesBackAt: 4_000 }), RULES);
    expect(both.handedOver).toBe(true);
    expect(isHandedOver(both.remembering, 10_000)).toBe(true);
  });
});

const RULE = fc.constantFrom('order', 'name');
const NAME = fc.constantFrom('a', 'b', 'c');
const SUBJECT = fc.constantFrom('ana', 'bob', 'cem');
const change: fc.Arbitrary<MemoryChange> = fc.record(
  {
    values: fc.dictionary(NAME, fc.option(fc.constantFrom('x', 'y')), { maxKeys: 3 }),
    forgetsAll: fc.constant(true as const),
    once: fc.array(fc.constantFrom('k1', 'k2'), { minLength: 1, maxLength: 2 }),
    question: fc.oneof(
      fc.record({ opens: RULE, to: SUBJECT }),
      fc.record({ opens: RULE }),
      fc.record({ closes: fc.record({ rule: RULE, index: fc.constantFrom(5, 6) }) }),
      fc.record({ misses: fc.record({ rule: RULE, index: fc.constantFrom(5, 6) }) }),
    ),
    handover: fc.record({ forMs: fc.constantFrom(2_000, HOUR), back: fc.constant([]) }),
  },
  { requiredKeys: [] },
);
const kind = fc.oneof(
  fc.record({ who: fc.constant('customer' as const), subject: SUBJECT, change }),
  fc.record({
    who: fc.constant('customer' as const),
    subject: SUBJECT,
    isStopWord: fc.constant(true as const),
  }),
  fc.constant({ who: 'customer' as const, isStopWord: true as const }),
  fc.constant({ who: 'person' as const }),
  fc.record({ who: fc.constant('program' as const), asks: RULE }),
  fc.record({ who: fc.constant('customer' as const), givesBackAt: fc.integer({ min: 1_000, max: 30_000 }) }),
);
/** Messages, each a second and two Indexes after the one before, so that there is room for a reply. */
const story = (length: number) =>
  fc.array(kind, { minLength: length, maxLength: length }).map((kinds) =>
    kinds.map((each, at): MemoryEvent => {
      const index = 2 * at + 3;
      const replyIndexes = 'change' in each ? [index + 1] : [];
      return { index, at: index * 1_000, endedAt: index * 1_000 + 500, replyIndexes, ...each };
    }),
  );

/** What an answer does about a question was decided when the message that asked it had been noted. */
function knowsItsQuestions(events: readonly MemoryEvent[]): boolean {
  const asksAt = ({ asks, index = -1, change, replyIndexes }: MemoryEvent) => {
    if (asks !== undefined) return index;
    return change?.question && 'opens' in change.question ? Math.max(...replyIndexes) : undefined;
  };
  const about = ({ change }: MemoryEvent) => {
    if (change?.question === undefined || 'opens' in change.question) return undefined;
    return Object.values(change.question)[0]?.index;
  };
  return events.every((event, at) => {
    const question = about(event);
    return question === undefined || !events.slice(at).some((later) => asksAt(later) === question);
  });
}

describe('whatever is noted', () => {
  it('twice is remembered as if it were noted once, but for a miss', () => {
    fc.assert(
      fc.property(story(4), fc.nat(3), (events, which) => {
        const again = events[which];
        if (again === undefined || (again.change?.question && 'misses' in again.change.question)) return;
        const state = noted(...events);
        expect(apply(state, again)).toEqual(state);
      }),
    );
  });

  // A message that was set aside and redriven, or found too late, is noted behind those that were written after it.
  it('in any other order is the same memory', () => {
    fc.assert(
      fc.property(story(5), fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (events, order) => {
        const shuffled = order.flatMap((which) => events[which] ?? []);
        if (!knowsItsQuestions(events) || !knowsItsQuestions(shuffled)) return;
        const known: Remembered = { ...EMPTY, memory: {}, order: {} };
        const all = (each: readonly MemoryEvent[]) =>
          each.reduce((state, event) => apply(state, event), known);
        expect(all(shuffled)).toEqual(all(events));
      }),
      { numRuns: 5_000 },
    );
  });

  it('is under 1 KB as a rule, and never more than 18 KB', () => {
    const wide = '\u{FFFD}'.repeat(256);
    const worst = Array.from({ length: 60 }, (_, at) =>
      message(2 * at, {
        values: { [`${'n'.repeat(60)}${at}`]: wide },
        once: [`k${'x'.repeat(6)}${at}`],
        question: { opens: 'r'.repeat(60), to: 'm'.repeat(34) },
        language: { of: 'm'.repeat(34), language: 'l'.repeat(16), at },
      }),
    );
    const bytes = (state: Remembered) => Buffer.byteLength(JSON.stringify([state.memory, state.order]));
    expect(bytes(noted(...worst))).toBeLessThan(18 * 1024);
    const usual = noted(
      message(2, { values: { name: 'Ana', order: '12345' }, once: ['1ab2c3d'], ...opens('ask-order') }),
    );
    expect(bytes(usual)).toBeLessThan(1024);
  });
});
