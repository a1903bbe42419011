import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import { finishedRecord, planRecord, sentPart, startPart } from '../../lib/record/message-record.ts';
import { report, reportSetAside } from '../../lib/reply/report.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { messageAdded, participantAdded } from '../rules/support.ts';
import { silentLog } from '../support/silent-log.ts';

const START = Date.UTC(2026, 10, 20, 22, 30);
const address = { conversationSid: `CH${'a'.repeat(32)}` };
const key = { pk: address.conversationSid, sk: 'event' };
const clock = { now: () => START + 3_000 };

let log: ReturnType<typeof silentLog>;
let ports: Parameters<typeof report>[0];

beforeEach(() => {
  log = silentLog();
  ports = { store: createMemoryStore({ clock }), log, clock };
});

const origin = ({ EventType }: ConversationEvent) => ({ eventType: EventType, receivedAt: START });
const told = (event: ConversationEvent) => ({ event, address, key, beganAt: START + 500 });
const planned = (event: ConversationEvent) =>
  planRecord(origin(event), 'hello', [{ kind: 'text', Body: 'Hello.' }]);
const counted = () => log.lines.filter((line) => 'outcome_quarantined' in line);

/** The record of an answer that was sent two seconds after its webhook came. */
const answered = (event: ConversationEvent) =>
  sentPart(
    startPart(planned(event), 0, START + 1_000),
    0,
    { sid: `IM${'b'.repeat(32)}`, index: 1 },
    START + 2_000,
  );

describe('what is reported of an event that was answered', () => {
  it('says how long ago its webhook came', () => {
    report(ports, told(messageAdded()), answered(messageAdded()));
    expect(log.lines.at(-1)).toMatchObject({ message: 'answered', outcome: 'replied', ms: 3_000 });
  });

  it.each([
    ['is', 'a message', messageAdded(), { queue_ms: 500, reply_ms: 2_000 }],
    // Nobody waits for a welcome.
    ['is not', 'somebody who joined', participantAdded(), { queue_ms: 500 }],
  ])('%s how long the answer took where it is to %s', (_is, _to, event, values) => {
    report(ports, told(event), answered(event));
    const { _aws, ...measured } = log.lines.find((line) => 'queue_ms' in line) ?? {};
    expect(measured).toEqual(values);
  });
});

describe('an event that is set aside', () => {
  const aside = finishedRecord(origin(messageAdded()), {
    outcome: 'quarantined',
    reason: 'server_failure',
    at: START,
  });

  // Whoever redrives it later finds no record, and decides anew.
  it('is counted although its record is gone by then, and none is written', async () => {
    await reportSetAside(ports, told(messageAdded()), aside);
    expect(counted()).toMatchObject([{ reason: 'server_failure' }]);
    expect(await ports.store.get(key)).toBeUndefined();
  });

  it('is not counted as long as its answer is in flight', async () => {
    await reportSetAside(ports, told(messageAdded()), planned(messageAdded()));
    expect(log.lines).toEqual([]);
  });
});
