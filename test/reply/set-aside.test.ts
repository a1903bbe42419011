import { beforeEach, describe, expect, it } from 'vitest';
import {
  finishedRecord,
  type MessageRecord,
  planRecord,
  startPart,
} from '../../lib/record/message-record.ts';
import type { Claim } from '../../lib/reply/claim.ts';
import { setAside } from '../../lib/reply/set-aside.ts';
import type { PlannedStep } from '../../lib/rules/types.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { messageAdded } from '../rules/support.ts';
import { text, thrownBy } from './sender-harness.ts';

const HOUR = 3_600_000;
const EVENT = messageAdded();
const WRITTEN = Date.parse(EVENT.DateCreated);
const ORIGIN = { eventType: 'onMessageAdded', receivedAt: WRITTEN + 1 };
const KEY = { pk: EVENT.ConversationSid, sk: `onMessageAdded|${EVENT.MessageSid}` };

let now: number;
let store: ReturnType<typeof createMemoryStore>;
let givenUp: string[];

beforeEach(() => {
  now = WRITTEN + 60_000;
  store = createMemoryStore({ clock: { now: () => now } });
  givenUp = [];
});

interface Asked {
  readonly replay?: string;
  readonly isDeadly?: boolean;
  readonly before?: MessageRecord;
  readonly givenUp?: string;
}

async function end({ replay, isDeadly = false, before, givenUp: why }: Asked = {}): Promise<MessageRecord> {
  if (before !== undefined) await store.put(KEY, { version: 1, expiresAt: 4e9, value: before }, undefined);
  const giveUp = async (reason: string) => {
    givenUp.push(reason);
  };
  const tries = { isDeadly, givenUp: why, giveUp };
  const claim = { event: EVENT, receivedAt: ORIGIN.receivedAt, key: KEY, tries, replay } as unknown as Claim;
  const ports = { store, clock: { now: () => now }, settleMs: 45_000, maxAgeMs: HOUR };
  return setAside(ports, claim, 'rejected');
}

const plan = (...steps: readonly PlannedStep[]) => planRecord(ORIGIN, 'rule', steps);
const begun = (...steps: readonly PlannedStep[]) => startPart(plan(...steps), 0, now);

describe('what is set aside before there was a record of it', () => {
  it('has a record that says what it was, when it came, and why', async () => {
    const finished = { outcome: 'quarantined', reason: 'rejected', at: now } as const;
    const expected = { v: 1, ...ORIGIN, parts: [], finished };
    expect(await end()).toEqual(expected);
    expect((await store.get(KEY))?.value).toEqual(expected);
  });

  it('is stale once it is older than may be answered, and not in that very moment', async () => {
    now = WRITTEN + HOUR;
    expect((await end()).finished?.outcome).toBe('quarantined');
    store = createMemoryStore({ clock: { now: () => now } });
    now += 1;
    expect((await end()).finished).toEqual({ outcome: 'stale', at: now });
  });

  it('is set aside however old it is where processes die of it', async () => {
    now = WRITTEN + HOUR + 1;
    expect((await end({ isDeadly: true })).finished?.outcome).toBe('quarantined');
  });
});

describe('a plan that is set aside', () => {
  it('is stale where nothing of it was begun, and not where something was', async () => {
    now = WRITTEN + HOUR + 1;
    expect((await end({ before: plan(text('x')) })).finished?.outcome).toBe('stale');
    store = createMemoryStore({ clock: { now: () => now } });
    const before = begun(text('x'));
    now += HOUR;
    expect((await end({ before })).finished?.outcome).toBe('quarantined');
  });

  it('waits until what may have been sent has settled, and notes the first reason for it once', async () => {
    const before = begun(text('x'));
    expect(await thrownBy(end({ before }))).toMatchObject({ reason: 'settling', delayMs: 51_000 });
    expect(givenUp).toEqual(['rejected']);
    store = createMemoryStore({ clock: { now: () => now } });
    expect(await thrownBy(end({ before, givenUp: 'server_failure' }))).toMatchObject({ reason: 'settling' });
    expect(givenUp).toEqual(['rejected']);
  });

  it('does not wait for a step that posts nothing', async () => {
    const before = begun({ kind: 'tag', attributes: { a: 1 } } as unknown as PlannedStep);
    expect((await end({ before })).finished?.reason).toBe('rejected');
  });
});

describe('what an operator has decided anew, and is set aside again', () => {
  const was = { outcome: 'quarantined', reason: 'server_failure', at: WRITTEN + 2 } as const;

  it('keeps under which id that was, and how it had ended before', async () => {
    const record = await end({ replay: 'r1', before: finishedRecord(ORIGIN, was) });
    expect(record).toMatchObject({ v: 3, replays: [{ id: 'r1', was }] });
  });

  it('is not noted as decided anew where it is the plan of before that ends', async () => {
    const record = await end({ replay: 'r1', before: plan(text('x')) });
    expect(record).toMatchObject({ v: 1, rule: 'rule', finished: { reason: 'rejected' } });
    expect(record).not.toHaveProperty('replays');
  });
});
