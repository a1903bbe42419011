import { parentPort, workerData } from 'node:worker_threads';
import type { MessageAdded } from '../lib/event/event-types.ts';
import { decide } from '../lib/rules/decide.ts';
import { prepareRules } from '../lib/rules/match/rule-index.ts';
import type { Memory } from '../lib/rules/memory.ts';
import type { RuleBook } from '../lib/rules/types.ts';

/** In milliseconds. */
export interface Decided {
  /** By the clock, as the next. */
  readonly preparedMs: number;
  /** By the clock: processor time is told in steps that are longer. */
  readonly firstMs: number;
  /** Of processor time, which others on the machine lengthen less. */
  readonly steadyMs: number;
}

/** Monday, noon: the hours of the book are closed. */
const AT = Date.UTC(2026, 0, 5, 12);

/** One of each kind that may happen: found by its keyword, by a word, by a pattern, as an answer, and not at all. */
const BODIES = ['ask bo', 'tell me of part bo please', 'bo 12345', '12345', 'Where is my parcel?'];
const memory: Memory = {
  customerAt: AT - 60_000,
  values: { topic: 'none' },
  question: { rule: 'ask-bo', index: 1, at: AT - 60_000, misses: 0 },
};

const ROUNDS = 2_000;

const book: RuleBook = JSON.parse(workerData as string);
const events = BODIES.map(messageOf);
const loaded = performance.now();
prepareRules(book);
const start = performance.now();
const preparedMs = start - loaded;
decide(book, messageOf('Where is my parcel?'), memory, AT);
const firstMs = performance.now() - start;
for (let round = 0; round < ROUNDS; round++) decideAll();
const before = process.threadCpuUsage();
for (let round = 0; round < ROUNDS; round++) decideAll();
const { user, system } = process.threadCpuUsage(before);
const steadyMs = (user + system) / 1_000 / ROUNDS / events.length;
parentPort?.postMessage({ preparedMs, firstMs, steadyMs } satisfies Decided);

function decideAll(): void {
  for (const event of events) decide(book, event, memory, AT);
}

function messageOf(Body: string): MessageAdded {
  return {
    EventType: 'onMessageAdded',
    AccountSid: `AC${'a'.repeat(32)}`,
    ChatServiceSid: `IS${'a'.repeat(32)}`,
    ConversationSid: `CH${'a'.repeat(32)}`,
    MessageSid: `IM${'a'.repeat(32)}`,
    ParticipantSid: `MB${'a'.repeat(32)}`,
    Index: 2,
    Author: 'whatsapp:+15550100001',
    Body,
    Media: [],
    Attributes: {},
    Source: 'WHATSAPP',
    DateCreated: new Date(AT).toISOString(),
  };
}
