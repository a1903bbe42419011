import { beforeEach, describe, expect, it } from 'vitest';
import { serviceKey } from '../../lib/record/keys.ts';
import { withService } from '../../lib/reply/find-service.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { messageAdded } from '../rules/support.ts';
import { silentLog } from '../support/silent-log.ts';

const OURS = `IS${'a'.repeat(32)}`;
const ANOTHER = `IS${'b'.repeat(32)}`;
const { ChatServiceSid: _, ...event } = messageAdded();
const { ConversationSid: conversationSid } = event;
const DAY = 86_400_000;

let time: { now: number };
let shown: string | undefined;
let asked: number;
let log: ReturnType<typeof silentLog>;
let ports: Parameters<typeof withService>[0];

beforeEach(() => {
  time = { now: Date.UTC(2026, 10, 20) };
  const clock = { now: () => time.now };
  shown = OURS;
  asked = 0;
  log = silentLog();
  const askService = async () => {
    asked += 1;
    return shown;
  };
  ports = { store: createMemoryStore({ clock }), clock, log, askService, serviceSids: [OURS] };
});

/** What becomes of an event whose webhook named this service, or none. */
function find(receiveCount = 1, serviceSid?: string) {
  const address = { conversationSid, ...(serviceSid === undefined ? {} : { serviceSid }) };
  return withService(ports, { event, receivedAt: time.now, address, doubtful: false }, receiveCount);
}

describe('an event whose webhook names no service', () => {
  it('is of the service of its own conversation, whatever that of another one is', async () => {
    const other = `IS${'9'.repeat(32)}`;
    const told = new Map([[conversationSid, OURS]]);
    ports = { ...ports, askService: async (sid) => told.get(sid) ?? other, serviceSids: [OURS, other] };
    expect((await find())?.address.serviceSid).toBe(OURS);
    const address = { conversationSid: `CH${'9'.repeat(32)}` };
    const found = await withService(ports, { event, receivedAt: time.now, address, doubtful: false }, 1);
    expect(found?.address.serviceSid).toBe(other);
  });

  it.each([
    [1, 2_000],
    [2, 4_000],
    [3, 8_000],
    [4, 16_000],
  ])('waits after delivery %i for %i ms until Twilio shows its conversation', async (count, delayMs) => {
    shown = undefined;
    await expect(find(count)).rejects.toMatchObject({ reason: 'service_unknown', delayMs });
  });

  it('is given up at the fifth, which the log says with the conversation', async () => {
    shown = undefined;
    expect(await find(5)).toBeUndefined();
    expect(log.lines).toMatchObject([
      { event_given_up: 1, reason: 'service_unknown' },
      {
        level: 'warn',
        message: 'an event that names no service was given up',
        conversationSid,
        reason: 'service_unknown',
      },
    ]);
  });

  it('leaves nothing behind while Twilio shows no conversation, so that it is asked again', async () => {
    shown = undefined;
    await expect(find()).rejects.toThrow();
    expect(await ports.store.get(serviceKey(conversationSid))).toBeUndefined();
    shown = OURS;
    expect((await find(2))?.address).toEqual({ serviceSid: OURS, conversationSid });
  });

  it('has Twilio asked once in thirty days for its conversation', async () => {
    await find();
    time.now += 30 * DAY - 1;
    await find();
    expect(asked).toBe(1);
    time.now += 1;
    await find();
    expect(asked).toBe(2);
  });
});

// Where a service is taken out of the configuration, what receive has let in by then still lies on the queue.
it('an event that names its service is taken, whichever that is, and Twilio is not asked', async () => {
  expect((await find(1, ANOTHER))?.address.serviceSid).toBe(ANOTHER);
  expect(asked).toBe(0);
});
