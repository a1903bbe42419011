import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BotError } from '../../lib/errors.ts';
import type { ConversationEvent, MessageAdded } from '../../lib/event/event-types.ts';
import { DEFAULT_OPT_OUT, isStopWord } from '../../lib/guards/stop-words.ts';
import { render } from '../../lib/rules/actions/render.ts';
import { decide } from '../../lib/rules/decide.ts';
import { matches } from '../../lib/rules/match/match-rule.ts';
import { readFacts } from '../../lib/rules/match/read-facts.ts';
import type { PlannedStep, RuleBook } from '../../lib/rules/types.ts';
import { reasonFor } from '../guards/asked.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { anyBook, anyEvent, anyMessage } from './arbitraries.ts';
import { decideOn, messageAdded } from './support.ts';

/** `npm run hostile` tries more. */
const numRuns = Math.min(Number(process.env['RUNS'] ?? 100), 2_000);
const RUNS = { numRuns };
const timeout = Math.max(PATIENCE_MS, numRuns * 50);
const NOW = Date.UTC(2026, 10, 20);

/** What deciding means, without any index. */
function readThrough(book: RuleBook, event: ConversationEvent): string {
  const known = { memory: {}, at: NOW, read: { participant: null, conversation: null } };
  const facts = readFacts(event, book, known);
  const rule = book.rules.find(({ id, when }) => when !== undefined && matches(when, facts, id));
  if (rule !== undefined) return rule.id;
  if (event.EventType !== 'onMessageAdded') return 'no_rule';
  if (isStopWord(event.Body, DEFAULT_OPT_OUT)) return 'suppressed';
  return book.otherwise === undefined ? 'no_rule' : 'otherwise';
}

function outcomeOf(book: RuleBook, event: ConversationEvent): string {
  const decision = decideOn(book, event);
  return 'rule' in decision ? decision.rule : decision.outcome;
}

/** The messages that the bot would send; none when it is a value's fault that they cannot be sent. */
function answersTo(book: RuleBook, event: ConversationEvent): readonly PlannedStep[] {
  const decision = decideOn(book, event);
  if (decision.outcome !== 'reply') return [];
  try {
    return render(book, decision, { event, now: NOW }).steps;
  } catch (error) {
    if (error instanceof BotError) return [];
    throw error;
  }
}

describe('decide, with any rules and any event', { timeout }, () => {
  it('never throws, and explains every rule', () => {
    fc.assert(
      fc.property(anyBook, anyEvent, (book, event) => {
        const decision = decideOn(book, event);
        const { outcome, considered } = decision;
        expect(considered.slice(0, book.rules.length).map(({ rule }) => rule)).toEqual(
          book.rules.map(({ id }) => id),
        );
        const matched = considered.filter((one) => one.matched).map(({ rule }) => rule);
        const isSilent = outcome === 'no_rule' || outcome === 'suppressed';
        expect(matched).toEqual(isSilent ? [] : ['rule' in decision && decision.rule]);
      }),
      RUNS,
    );
  });

  it('takes the rule that reading from the top would find', () => {
    fc.assert(
      fc.property(anyBook, anyEvent, (book, event) => {
        expect(outcomeOf(book, event)).toBe(readThrough(book, event));
      }),
      RUNS,
    );
  });

  it('says the same the second time, with the index built', () => {
    fc.assert(
      fc.property(anyBook, fc.array(anyMessage, { minLength: 2, maxLength: 5 }), (book, events) => {
        const copy: RuleBook = structuredClone(book);
        for (const event of events) expect(outcomeOf(book, event)).toBe(outcomeOf(copy, event));
        for (const event of events) expect(decide(book, event)).toEqual(decide(copy, event));
      }),
      RUNS,
    );
  });

  it('renders messages within Twilio’s limits, or says why not', () => {
    fc.assert(
      fc.property(anyBook, anyMessage, (book, event) => {
        for (const message of answersTo(book, event)) {
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
  function echo(message: PlannedStep): MessageAdded {
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
      fc.asyncProperty(anyBook, anyMessage, async (book, event) => {
        for (const message of answersTo(book, event)) {
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
