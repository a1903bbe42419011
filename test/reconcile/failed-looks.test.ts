import { describe, expect, it } from 'vitest';
import { createLooks } from '../../lib/reconcile/looks.ts';
import type { ReconcilePorts } from '../../lib/reconcile/reconcile-ports.ts';
import { quarterOf } from '../../lib/record/active.ts';
import { activePartition, conversationKey } from '../../lib/record/keys.ts';
import { RetryError } from '../../lib/retry-error.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';
import {
  NotFoundError,
  RejectedError,
  ServerError,
  UnauthorizedError,
} from '../../lib/twilio/twilio-errors.ts';
import { quietPorts } from './quiet-ports.ts';

const address = { serviceSid: 'IS1', conversationSid: 'CH1' };
const deleted = new NotFoundError({ status: 404 });
const forbidden = new RejectedError({ status: 403 }, false);
const failing = new ServerError({ status: 503 });
const outOfTime = new RetryError('out_of_time');

/** The looks of a run at conversations that hold `messages`, or over which Twilio says `answer`. */
function scene(over: Partial<ReconcilePorts> = {}) {
  const twilio: { answer?: Error; messages: MessageResource[] } = { messages: [] };
  const time = { left: true, shares: [] as number[] };
  const quiet = quietPorts({
    list: async function* () {
      if (twilio.answer !== undefined) throw twilio.answer;
      yield* twilio.messages;
    },
    ...over,
  });
  const hasTime = (share: number) => {
    time.shares.push(share);
    return time.left;
  };
  const looks = createLooks(quiet.ports, () => ({ since: 0 }), hasTime);
  return {
    ...quiet,
    twilio,
    time,
    looks,
    /** Twilio answers these looks so, one after another. */
    look: async (...answers: (Error | undefined)[]) => {
      const done: boolean[] = [];
      for (const answer of answers) {
        delete twilio.answer;
        if (answer !== undefined) twilio.answer = answer;
        done.push(await looks.look(address));
      }
      return done;
    },
    isMarked: async (minutesAgo = 0) => {
      const at = quiet.clock.now() - minutesAgo * 60_000;
      const pk = activePartition('IS1', quarterOf(at), '1');
      return (await quiet.store.get({ pk, sk: 'CH1' })) !== undefined;
    },
  };
}

const message = (index: number) =>
  ({
    sid: `IM${index}`,
    index,
    author: 'ana',
    attributes: '{}',
    date_created: '2026-11-20T11:00:00Z',
  }) as MessageResource;

describe('a look that succeeds', () => {
  it('is done, and counts as looked, with how many messages it found', async () => {
    const { looks, look, twilio } = scene();
    twilio.messages = [message(1), message(0)];
    expect(await look(undefined)).toEqual([true]);
    twilio.messages = [message(3), message(2), message(1), message(0)];
    expect(await look(undefined)).toEqual([true]);
    expect([looks.looked(), looks.found()]).toEqual([2, 4]);
    expect([looks.anyFailed(), looks.allFailed()]).toEqual([false, false]);
  });

  it('reads page after page as long as the whole of the time is not used up', async () => {
    const { looks, look, twilio, time } = scene();
    twilio.messages = Array.from({ length: 150 }, (_, n) => message(149 - n));
    expect(await look(undefined)).toEqual([true]);
    expect(looks.found()).toBe(150);
    expect(time.shares).toEqual([1]);
  });
});

describe('a look for which there is no time', () => {
  it('is not done, and has not failed', async () => {
    const { looks, look, twilio, time, counted, isMarked } = scene();
    twilio.messages = Array.from({ length: 150 }, (_, n) => message(149 - n));
    time.left = false;
    expect(await look(undefined)).toEqual([false]);
    expect([looks.looked(), looks.found(), looks.anyFailed()]).toEqual([0, 0, false]);
    expect(counted('reconcile_failed')).toEqual([]);
    expect(await isMarked()).toBe(false);
  });
});

describe('a look that fails', () => {
  it.each([
    ['Twilio fails', failing, 'server_failure'],
    ['the key is refused', new UnauthorizedError({ status: 401 }), 'unauthorized'],
    ['Twilio refuses it for the moment', new RejectedError({ status: 409 }, true), 'rejected'],
    ['something fails that nobody foresaw', new Error('defect'), 'defect'],
    ['it is to be tried again for another reason', new RetryError('list_lags'), 'retry'],
  ])('because %s is counted, and marked to be due in the next rounds', async (_, error, code) => {
    const { looks, look, counted, isMarked } = scene();
    expect(await look(error)).toEqual([true]);
    expect(counted('reconcile_failed')).toEqual([code]);
    expect(await isMarked()).toBe(true);
    expect([looks.looked(), looks.anyFailed(), looks.allFailed()]).toEqual([0, true, true]);
  });

  it('because Twilio refuses it is counted, and is due again at the next half hour', async () => {
    const { looks, look, counted, isMarked } = scene();
    expect(await look(forbidden)).toEqual([true]);
    expect(counted('reconcile_failed')).toEqual(['rejected']);
    expect([await isMarked(), await isMarked(90)]).toEqual([false, true]);
    expect([looks.looked(), looks.anyFailed(), looks.allFailed()]).toEqual([0, true, true]);
  });

  it('because the conversation was deleted has not failed, and is over', async () => {
    const { looks, look, counted, isMarked } = scene();
    expect(await look(deleted)).toEqual([true]);
    expect(counted('reconcile_failed')).toEqual([]);
    expect(await isMarked()).toBe(false);
    expect([looks.looked(), looks.anyFailed(), looks.allFailed()]).toEqual([0, false, false]);
  });

  it('is not passed over where it cannot be marked either', async () => {
    const { store } = quietPorts();
    const put = () => Promise.reject(new Error('DynamoDB'));
    const { look, counted } = scene({ store: { ...store, put } });
    expect(await look(failing)).toEqual([false]);
    expect(counted('reconcile_failed')).toEqual(['server_failure', 'defect']);
  });

  it('is not all that failed where another one succeeded', async () => {
    const { looks, look } = scene();
    await look(failing, undefined);
    expect([looks.looked(), looks.anyFailed(), looks.allFailed()]).toEqual([1, true, false]);
  });
});

describe('looks', () => {
  it('go on while there is time, and ask for the share that they may use', () => {
    const { looks, time } = scene();
    expect(looks.goesOn(0.8)).toBe(true);
    time.left = false;
    expect(looks.goesOn(1)).toBe(false);
    expect(time.shares).toEqual([0.8, 1]);
  });

  it('have found and looked at nothing at first, and not failed', () => {
    const { looks } = scene();
    expect([looks.looked(), looks.found()]).toEqual([0, 0]);
    expect([looks.anyFailed(), looks.allFailed()]).toEqual([false, false]);
  });

  it('stop at the twentieth failure in a row, whatever time is left', async () => {
    const { looks, look } = scene();
    await look(...Array.from({ length: 19 }, () => failing));
    expect(looks.goesOn(1)).toBe(true);
    await look(failing);
    expect(looks.goesOn(1)).toBe(false);
  });

  it('do not stop over failures between which one succeeded, nor over what was refused, deleted or had no time', async () => {
    const { looks, look } = scene();
    const many = Array.from({ length: 19 }, () => failing);
    await look(...many, undefined, ...many, forbidden, deleted, outOfTime);
    expect(looks.goesOn(1)).toBe(true);
  });

  it('leave nothing of what Twilio answered them to the lines of others', async () => {
    const { ports, looks, log } = scene({
      store: {
        ...quietPorts().store,
        get: async (key) => {
          if (key.sk === conversationKey('CH1').sk) log.carry({ twilioRequestId: 'RQ1' });
          return undefined;
        },
      },
    });
    await ports.log.within({}, async () => {
      await looks.look(address);
      ports.log.info('another line');
    });
    expect(log.lines).toContainEqual(expect.objectContaining({ message: 'another line' }));
    expect(log.lines.filter((line) => 'twilioRequestId' in line)).toEqual([]);
  });
});
