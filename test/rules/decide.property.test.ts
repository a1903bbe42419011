import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BotError } from '../../lib/errors.ts';
import { eventTime } from '../../lib/event/event-time.ts';
import type { ConversationEvent, MessageAdded } from '../../lib/event/event-types.ts';
import { DEFAULT_OPT_OUT, isStopWord } from '../../lib/guards/stop-words.ts';
import { isMessage } from '../../lib/rules/actions/is-message.ts';
import { render } from '../../lib/rules/actions/render.ts';
import { decide } from '../../lib/rules/decide.ts';
import { MAX_CONTINUED } from '../../lib/rules/find-answer.ts';
import { matches } from '../../lib/rules/match/match-rule.ts';
import { readFacts } from '../../lib/rules/match/read-facts.ts';
import type { Read } from '../../lib/rules/match/reading.ts';
import type { Memory } from '../../lib/rules/memory.ts';
import type { Decision, PlannedMessage, RuleBook } from '../../lib/rules/types.ts';
import { reasonFor } from '../guards/asked.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { anyBook, anyEvent, anyMemory, anyMessage, anyRead } from './arbitraries.ts';
import { messageAdded } from './support.ts';

/** Other ones each time; `npm run hostile` tries more. */
const numRuns = Math.min(Number(process.env['RUNS'] ?? 30), 2_000);
const RUNS = { numRuns };
const timeout = Math.max(PATIENCE_MS, numRuns * 50);
const NOW = Date.UTC(2026, 10, 20);

/** Who has a say, read through from the top, without any index: those that continue, then the one that decides. */
function readThrough(book: RuleBook, { event, memory, read }: Met): readonly string[] {
  const facts = readFacts(event, book, { memory, at: eventTime(event, 0), read });
  const said: string[] = [];
  for (const { id, when, continues } of book.rules) {
    if (when === undefined || (continues && said.length === MAX_CONTINUED)) continue;
    if (!matches(when, facts, id)) continue;
    said.push(id);
    if (!continues) return said;
  }
  if (event.EventType !== 'onMessageAdded' || isStopWord(event.Body, DEFAULT_OPT_OUT)) return said;
  const { question } = facts;
  const own = book.rules.find(({ id }) => id === question?.rule)?.otherwise ?? [];
  const last = [...own, ...(book.otherwise ?? [])].find(
    ({ id, when }) => when === undefined || matches(when, facts, id),
  );
  return last === undefined ? said : [...said, last.id];
}

/** An event, and what is known by then. */
interface Met {
  readonly event: ConversationEvent;
  readonly memory: Memory;
  readonly read: Required<Read>;
}

/** What an event itself carries is never read. */
const meeting = (event: fc.Arbitrary<ConversationEvent>): fc.Arbitrary<Met> =>
  fc.record({ event, memory: anyMemory, read: anyRead }).map(({ read, ...met }) => ({
    ...met,
    read: {
      participant: met.event.EventType === 'onMessageAdded' ? read.participant : null,
      conversation: met.event.EventType === 'onConversationAdded' ? null : read.conversation,
    },
  }));

function decideKnowing(book: RuleBook, { event, memory, read }: Met): Decision {
  const decided = decide(book, event, memory, undefined, read);
  if (decided.outcome === 'read') throw new Error('It asks for what has been read.');
  return decided;
}

function matchedIn({ considered }: Decision): readonly string[] {
  return considered.filter(({ matched }) => matched).map(({ rule }) => rule);
}

/** The messages that the bot would send; none when it is a value's fault that they cannot be sent. */
function answersTo(book: RuleBook, met: Met): readonly PlannedMessage[] {
  const decision = decideKnowing(book, met);
  if (decision.outcome !== 'reply') return [];
  try {
    const { event, memory, read } = met;
    return render(book, decision, { event, now: NOW, memory, read }).steps.filter(isMessage);
  } catch (error) {
    if (error instanceof BotError) return [];
    throw error;
  }
}

describe('decide, with any rules and any event', { timeout }, () => {
  it('never throws, and explains every rule', () => {
    fc.assert(
      fc.property(anyBook, meeting(anyEvent), (book, met) => {
        const { considered } = decideKnowing(book, met);
        expect(considered.slice(0, book.rules.length).map(({ rule }) => rule)).toEqual(
          book.rules.map(({ id }) => id),
        );
        for (const { why } of considered) expect(why).not.toBe('');
      }),
      RUNS,
    );
  });

  it('takes the rules that reading from the top would find, and explains just that', () => {
    fc.assert(
      fc.property(anyBook, meeting(anyEvent), (book, met) => {
        const said = readThrough(book, met);
        const decision = decideKnowing(book, met);
        expect(matchedIn(decision)).toEqual(said);
        if ('rule' in decision) expect(said).toContain(decision.rule);
        else if (decision.outcome === 'no_rule') expect(said).toEqual([]);
      }),
      RUNS,
    );
  });

  it('asks for no more than it needs, and decides the same as if all had been read before', () => {
    fc.assert(
      fc.property(anyBook, meeting(anyEvent), (book, met) => {
        const { event, memory, read } = met;
        let known: Read = {};
        let decided = decide(book, event, memory, undefined, known);
        for (let times = 0; decided.outcome === 'read'; times++) {
          expect(times).toBeLessThan(2);
          const { participant, conversation } = decided.needs;
          known = {
            ...known,
            ...(participant && { participant: read.participant }),
            ...(conversation && { conversation: read.conversation }),
          };
          decided = decide(book, event, memory, undefined, known);
        }
        const knowing = decideKnowing(book, met);
        expect(decided.outcome).toBe(knowing.outcome);
        expect(matchedIn(decided)).toEqual(matchedIn(knowing));
        if (decided.outcome === 'reply')
          expect(knowing).toMatchObject({ rule: decided.rule, shares: decided.shares });
      }),
      RUNS,
    );
  });

  it('decides, and changes what is remembered, in plain data', () => {
    fc.assert(
      fc.property(anyBook, meeting(anyEvent), (book, met) => {
        const decision = decideKnowing(book, met);
        expect(JSON.parse(JSON.stringify(decision))).toStrictEqual({ ...decision });
        if (decision.outcome !== 'reply') return;
        try {
          const rendered = render(book, decision, { ...met, now: NOW });
          expect(JSON.parse(JSON.stringify(rendered))).toStrictEqual(rendered);
        } catch (error) {
          expect(error).toBeInstanceOf(BotError);
        }
      }),
      RUNS,
    );
  });

  it('says the same the second time, with the index built', () => {
    fc.assert(
      fc.property(anyBook, fc.array(meeting(anyMessage), { minLength: 2, maxLength: 5 }), (book, all) => {
        const copy: RuleBook = structuredClone(book);
        for (const met of all) expect(matchedIn(decideKnowing(book, met))).toEqual(readThrough(copy, met));
        for (const met of all) expect(decideKnowing(book, met)).toEqual(decideKnowing(copy, met));
      }),
      RUNS,
    );
  });

  it('renders messages within Twilio’s limits, or says why not', () => {
    fc.assert(
      fc.property(anyBook, meeting(anyMessage), (book, met) => {
        for (const message of answersTo(book, met)) {
          if ('Body' in message) expect(message.Body?.trim()).not.toBe('');
          if ('Body' in message) expect(message.Body?.length).toBeLessThanOrEqual(1_600);
          if (message.kind !== 'template') continue;
          for (const value of Object.values(message.ContentVariables)) {
            expect(value).toMatch(/^(?! )[^\p{Cc}]{1,256}$/u);
            expect(value).not.toMatch(/ {5}/);
          }
        }
      }),
      RUNS,
    );
  });
});

describe('loops', { timeout }, () => {
  /** A reply as it comes back when every mark of ours is gone. */
  function echo(message: PlannedMessage): MessageAdded {
    return messageAdded({
      Author: 'flow',
      Source: 'SDK',
      Body: ('Body' in message ? message.Body : undefined) ?? 'rendered',
    });
  }

  const marks: readonly (readonly [string, (event: MessageAdded) => MessageAdded])[] = [
    ['its author', (event) => ({ ...event, Author: 'parley' })],
    ['Source API', (event) => ({ ...event, Source: 'API' })],
    [
      'the marker',
      (event) => ({ ...event, Attributes: { parley: { in_reply_to: event.MessageSid, part: '1/1' } } }),
    ],
  ];

  it.each(marks)('no reply of ours is answered when only %s tells it', async (_, mark) => {
    await fc.assert(
      fc.asyncProperty(anyBook, meeting(anyMessage), async (book, met) => {
        for (const message of answersTo(book, met)) {
          expect(await reasonFor(mark(echo(message)))).toMatch(/^(own_author|api_source|own_marker)$/);
        }
      }),
      RUNS,
    );
  });

  it('would be answered without those marks, so they are what stops it', async () => {
    expect(await reasonFor(echo({ kind: 'text', Body: 'hello' }))).toBeUndefined();
  });
});
