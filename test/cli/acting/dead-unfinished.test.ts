import { beforeEach, describe, expect, it } from 'vitest';
import { listAudits } from '../../../cli/stage/audit.ts';
import type { DeadLetter } from '../../../cli/stage/stage.ts';
import { ItemBusyError } from '../../../lib/record/item-busy-error.ts';
import { dropLetters, redriveLetters } from './letters.ts';
import { type MemoryStage, startMemoryStage } from './memory-stage.ts';

let at: MemoryStage;
let conversationSid: string;
beforeEach(async () => {
  at = await startMemoryStage();
  conversationSid = await at.bot.startConversation();
});

/** Writes a message that the queue gives up. @returns its SID */
async function die(body: string): Promise<string> {
  const sid = await at.bot.write(conversationSid, body);
  await at.kill(at.messageOf(conversationSid, sid));
  return sid;
}

describe('what fails on the way', () => {
  /** The table, or the queue, refuses after the first. */
  const once = <A extends readonly unknown[], R>(act: (...asked: A) => Promise<R>) => {
    let asked = 0;
    return (...args: A): Promise<R> => {
      asked += 1;
      return asked > 1 ? Promise.reject(new ItemBusyError('CH1', 'x', 10)) : act(...args);
    };
  };

  // It threw what had failed, so that nobody knew of those that were on the queue again.
  it('a redrive says which letters are on the queue, which failed, and which were not tried', async () => {
    const sids = [await die('one'), await die('two'), await die('again')];
    const { queue } = at.stage;
    at.stage = { ...at.stage, queue: { ...queue, send: once(queue.send) } };
    const orders = sids.map((sid) => `Redrive ${sid} in ${conversationSid}.`);
    const { status, out } = await redriveLetters(at.stage);
    const [object = '', ...lines] = out.split('\n');
    expect([status, JSON.parse(object)]).toMatchObject([
      1,
      {
        ended: 'failed',
        error: expect.stringContaining('CH1'),
        done: [orders[0]],
        failed: orders[1],
        notTried: [orders[2]],
        redriven: 1,
        left: 2,
      },
    ]);
    expect(lines).toEqual([
      `Done: ${orders[0]}`,
      expect.stringMatching(new RegExp(`^Failed: ${orders[1]} \\S`)),
      `Not tried: ${orders[2]}`,
    ]);
    const [audit] = await listAudits(at.stage, 1);
    expect(audit?.ended).toBe('failed');
  });

  it('a drop says so too, and gives back the letters that it leaves', async () => {
    const sids = [await die('one'), await die('two'), await die('again')];
    const released: string[] = [];
    const { deadLetters } = at.stage;
    const release = async ({ id }: DeadLetter) => void released.push(id);
    at.stage = { ...at.stage, deadLetters: { ...deadLetters, remove: once(deadLetters.remove), release } };
    const { status, out } = await dropLetters(at.stage, []);
    const left = at.queue.deadLetters.map(({ id }) => id);
    expect([status, JSON.parse(out.split('\n')[0] ?? '')]).toMatchObject([
      1,
      { ended: 'failed', dropped: 1, failed: expect.stringContaining(sids[1] ?? '') },
    ]);
    expect(left).toHaveLength(2);
    expect(released.slice(-2).toSorted()).toEqual(left.toSorted());
  });
});

describe('a SID that is of no dead letter', () => {
  const UNKNOWN = `IM${'0'.repeat(32)}`;
  const says = `There is no dead letter of ${UNKNOWN}. Next: npx parley dead list --stage local`;

  // There was "Nothing to do", and the exit status of a success.
  it.each([
    ['redrive', (which: readonly string[]) => redriveLetters(at.stage, { which }), { redriven: 1 }],
    ['drop', (which: readonly string[]) => dropLetters(at.stage, which), { dropped: 1 }],
  ] as const)('is named by %s, which ends with 1 and does the others', async (_, act, done) => {
    const { status, out } = await act([UNKNOWN]);
    expect([status, out.split('\n')]).toEqual([
      1,
      [says, expect.stringContaining(`"unknown":["${UNKNOWN}"]`)],
    ]);
    const one = await die('one');
    const both = await act([one, UNKNOWN]);
    const object = both.out.split('\n').find((line) => line.startsWith('{')) ?? '';
    expect([both.status, both.out, JSON.parse(object)]).toEqual([
      1,
      expect.stringContaining(says),
      expect.objectContaining({ ended: 'done', ...done, unknown: [UNKNOWN] }),
    ]);
    expect(at.queue.deadLetters).toEqual([]);
  });
});
