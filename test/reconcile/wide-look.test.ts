import { beforeEach, describe, expect, it } from 'vitest';
import { spoolingQueue } from '../../lib/queue/spool.ts';
import { markLoss } from '../../lib/record/loss.ts';
import { HOUR, MINUTE, refusal, type Scene, SERVICE_SID, startScene } from './scene.ts';

let scene: Scene;
let old: string;

/** In a conversation of two days ago, of which nothing is known, a message is lost. */
beforeEach(async () => {
  scene = await startScene();
  await scene.run();
  old = await scene.startConversation();
  await growOld();
  await scene.write(old, 'one');
});

/** What there is becomes known, and is forgotten again. */
async function growOld(): Promise<void> {
  await scene.runFor(5 * MINUTE);
  scene.bot.time.now += 48 * HOUR;
  await scene.runFor(10 * MINUTE);
}

const clock = { now: () => scene.bot.time.now };
const ports = () => ({ store: scene.bot.memory, clock });
const next = () => scene.runFor(6 * MINUTE);
/** Receive fails, and the minute in which it did is over, as clocks may differ. */
const fail = async () => {
  await markLoss(ports(), 'queue');
  scene.bot.time.now += MINUTE + 2_000;
};
const signs = () => scene.bot.log.lines.flatMap((line) => ('wide_look' in line ? [line['reason']] : []));

describe('a message lost in an old conversation', () => {
  it('is not looked for while there is no sign of loss', async () => {
    expect(await scene.runFor(3 * HOUR)).toBe(0);
    expect(signs()).toEqual([]);
  });

  // Cause: what the configuration said was forgotten over a refusal, and each end of one passed for a change.
  it('is not looked for because the webhook’s configuration could not be read for a while', async () => {
    scene.bot.hooks.exchange = async (request, pass) =>
      request.path.includes('/Configuration/') ? refusal(403, 20403) : pass();
    await scene.runFor(40 * MINUTE);
    scene.bot.hooks.exchange = (_, pass) => pass();
    await scene.runFor(40 * MINUTE);
    expect(signs()).toEqual([]);
  });

  it('is found after receive failed', async () => {
    await markLoss(ports(), 'queue');
    expect(await next()).toBe(1);
    expect(signs()).toEqual(['queue']);
    expect(scene.sent[0]?.groupId).toBe(old);
  });

  it('is found after the spool was used', async () => {
    const refusing = { send: () => Promise.reject(new Error('SQS')) };
    const spooled = { groupId: old, deduplicationId: 'onMessageAdded|IM1', body: '{}' };
    await spoolingQueue({ ...ports(), queue: refusing, log: scene.bot.log }).send(spooled);
    expect(await next()).toBe(1);
    expect(signs()).toEqual(['spool']);
  });

  it('is found after an alarm of receive', async () => {
    const event = { source: 'aws.cloudwatch', alarmData: { state: { value: 'ALARM' } } };
    await scene.run({ event });
    expect(await next()).toBe(1);
    expect(signs()).toEqual(['alarm']);
  });

  // Cause: an alarm rings once, however long it lasts; the look that it began was over before the last of it was lost.
  it('is found where it was lost long after an alarm began, once that is over', async () => {
    const monitor = async () => refusal(403, 20403);
    const told = (to: string, from: string) => ({
      event: {
        source: 'aws.cloudwatch',
        alarmData: { state: { value: to }, previousState: { value: from } },
      },
      monitor,
    });
    await scene.run(told('ALARM', 'OK'));
    await scene.runFor(50 * MINUTE, { monitor });
    await scene.answer();
    await growOld();
    await scene.write(old, 'two');
    await scene.run(told('OK', 'ALARM'));
    expect(await scene.runFor(20 * MINUTE, { monitor })).toBe(1);
    expect(signs()).toEqual(['alarm', 'alarm']);
  });

  it.each([
    { PUBLIC_URL: 'https://bot.example.com/hook https://moved.example.com/hook' },
    { TABLE_NAME: 'parley-restored' },
  ])('is found after a deployment with %o', async (settings) => {
    expect(await scene.runFor(6 * MINUTE, { settings })).toBe(1);
    expect(await scene.runFor(HOUR, { settings })).toBe(0);
    expect(signs()).toEqual(['deployment']);
  });

  it('is found after an update from a version that kept nothing of this', async () => {
    for (const [key, { version }] of scene.bot.memory.items()) {
      if (key.sk === 'looks') await scene.bot.memory.remove(key, version);
    }
    expect(await next()).toBe(1);
    expect(signs()).toEqual(['deployment']);
  });

  it('is found after the events that Twilio sends have changed', async () => {
    await scene.configure({ PostWebhookUrl: 'https://bot.example.com/hook', Filters: 'onMessageAdded' });
    expect(await scene.runFor(20 * MINUTE)).toBe(1);
    expect(signs()).toEqual(['wiring']);
  });

  it('is found though the run that saw the sign could not save it', async () => {
    await markLoss(ports(), 'queue');
    const { put } = scene.bot.memory;
    let puts = 0;
    // The lease is saved, and what it found out is not.
    scene.hooks.store = {
      put: (key, item, expected) => {
        puts += Number(key.sk === 'looks');
        return key.sk === 'looks' && puts > 1
          ? Promise.reject(new Error('DynamoDB'))
          : put(key, item, expected);
      },
    };
    scene.bot.hooks.exchange = async () => refusal(503, 20503);
    await scene.runFor(5 * MINUTE);
    scene.bot.hooks.exchange = (_, pass) => pass();
    scene.hooks.store = {};
    expect(await scene.runFor(10 * MINUTE)).toBe(1);
  });

  it('is found when somebody asks for a look everywhere', async () => {
    expect(await scene.run({ event: { look: 'everywhere' } })).toBe(1);
    expect(signs()).toEqual(['asked']);
  });
});

describe('Twilio’s Monitor', () => {
  const alert = (error_code: string, request_url: string | null = 'https://bot.example.com/hook') => ({
    error_code,
    request_url,
    date_created: new Date(scene.bot.time.now).toISOString(),
  });
  /** A Monitor that has these alerts, and what it was asked. */
  const monitorOf = (alerts: readonly object[], status = 200) => {
    const paths: string[] = [];
    const monitor = async ({ path }: { path: string }) => {
      paths.push(path);
      const body = JSON.stringify({ alerts, meta: { next_page_url: null } });
      return status === 200
        ? { status, headers: { 'content-type': 'application/json' }, body }
        : refusal(status, 20003);
    };
    return { monitor, paths };
  };

  it.each([
    ['11200', undefined],
    ['50057', undefined],
    ['50076', undefined],
    ['50076', null],
    ['11200', 'https://bot.example.com:443/hook#x'],
  ])('that tells of %s at our URL makes it look everywhere, once', async (code, url) => {
    const { monitor } = monitorOf([alert(code, url)]);
    expect(await scene.runFor(6 * MINUTE, { monitor })).toBe(1);
    await scene.runFor(HOUR, { monitor });
    expect(signs()).toEqual(['alert']);
  });

  it.each([
    ['11200', 'https://shop.example.com/voice'],
    ['11200', null],
    ['30003', undefined],
  ])('that tells of %s at %s does not', async (code, url) => {
    const { monitor } = monitorOf([alert(code, url)]);
    expect(await scene.runFor(HOUR, { monitor })).toBe(0);
    expect(signs()).toEqual([]);
  });

  it('is asked once a look, for what happened since', async () => {
    const { monitor, paths } = monitorOf([]);
    await scene.run({ event: { look: 'now' }, monitor });
    await scene.runFor(15 * MINUTE, { monitor });
    expect(paths).toHaveLength(4);
    const from = (path = '') => Date.parse(new URL(path, 'https://x').searchParams.get('StartDate') ?? '');
    expect(from(paths[3]) - from(paths[2])).toBe(5 * MINUTE);
    expect(scene.bot.time.now - from(paths[3])).toBe(7 * MINUTE);
  });

  it.each([401, 403, 404])(
    'that the key may not ask (%i) is no failure, and is left alone for an hour',
    async (status) => {
      const { monitor, paths } = monitorOf([], status);
      await scene.runFor(50 * MINUTE, { monitor });
      // A 401 is tried once more with a fresh secret.
      expect(new Set(paths).size).toBe(1);
      expect(scene.counted('reconcile_failed')).toBe(0);
      expect(scene.counted('reconcile_alive')).toBeGreaterThan(10);
    },
  );

  // Cause: with nothing else to look at, a quarter of an hour of it was a page.
  it('that fails is counted, though not as a look that failed, and is asked again for the same time', async () => {
    const { monitor, paths } = monitorOf([], 503);
    await scene.runFor(10 * MINUTE, { monitor });
    expect([scene.counted('alerts_unread'), scene.counted('reconcile_failed')]).toEqual([2, 0]);
    expect(new Set(paths).size).toBe(1);
  });
});

describe('a wide look', () => {
  /** Time for so many requests. */
  const timeFor = (requests: number) => {
    const before = scene.bot.requests.length;
    return () => (scene.bot.requests.length - before > requests ? 0 : 120_000);
  };
  const EMPTY = {
    status: 200,
    body: JSON.stringify({ conversations: [], meta: { key: 'conversations', next_page_url: null } }),
  };
  const lists = (from: number) => scene.asked(from).filter((path) => path.includes('/Messages?'));

  it('begins at most each quarter of an hour, however many signs there are', async () => {
    for (let minute = 0; minute < 60; minute += 1) {
      await markLoss(ports(), 'queue');
      await scene.runFor(MINUTE);
    }
    expect(signs().length).toBeGreaterThanOrEqual(3);
    expect(signs().length).toBeLessThanOrEqual(4);
  });

  // Cause: the two were one sign, which the run removed with what it had seen before the second.
  it.each([1_000, 20_000, 61_000])(
    'is begun for what is lost %d ms after a sign that a run may see',
    async (laterMs) => {
      await next();
      const atMinute = Math.ceil((scene.bot.time.now + 5 * MINUTE) / MINUTE) * MINUTE;
      scene.bot.time.now = atMinute + 20_000;
      await markLoss(ports(), 'queue');
      scene.bot.time.now += 2_000;
      await scene.run({ event: { look: 'now' } });
      scene.bot.time.now += laterMs;
      await scene.write(old, 'two');
      await markLoss(ports(), 'queue');
      expect(await scene.runFor(HOUR)).toBe(2);
    },
  );

  it('is begun once for a sign, though a run comes in its minute', async () => {
    scene.bot.time.now = Math.ceil(scene.bot.time.now / MINUTE) * MINUTE + 20_000;
    await markLoss(ports(), 'queue');
    await scene.run({ event: { look: 'now' } });
    expect(signs()).toEqual([]);
    await scene.runFor(HOUR);
    expect(signs()).toEqual(['queue']);
  });

  it('is begun again for a sign that comes while it goes on', async () => {
    await markLoss(ports(), 'queue');
    await next();
    await markLoss(ports(), 'auth_tokens');
    await scene.write(old, 'two');
    expect(await scene.runFor(25 * MINUTE)).toBe(1);
    expect(signs()).toEqual(['queue', 'auth_tokens']);
  });

  it('goes on where the time of a run ended, each minute, until all have been looked at once', async () => {
    for (let n = 0; n < 250; n += 1) await scene.startConversation();
    await growOld();
    await markLoss(ports(), 'queue');
    const before = scene.bot.requests.length;
    const remainingMs = () => {
      const asked = scene.bot.requests.length;
      return () => (scene.bot.requests.length - asked > 60 ? 0 : 120_000);
    };
    for (let minute = 0; minute < 12; minute += 1) {
      scene.bot.time.now += MINUTE;
      await scene.run({ remainingMs: remainingMs() });
    }
    const looked = lists(before).map((path) => path.split('/')[5]);
    expect(new Set(looked).size).toBe(251);
    expect(looked.length).toBeLessThan(251 + 60);
    expect((await scene.state())?.wide).toBeUndefined();
    expect(scene.sent.map(({ groupId }) => groupId)).toEqual([old]);
  });

  it('begins with the newest conversations', async () => {
    const conversations: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      conversations.push(await scene.startConversation());
      scene.bot.time.now += HOUR;
    }
    await growOld();
    const before = scene.bot.requests.length;
    await scene.run({ event: { look: 'everywhere' } });
    const looked = lists(before).map((path) => path.split('/')[5]);
    expect(looked.slice(0, 10).toSorted()).toEqual(conversations.slice(-10).toSorted());
  });

  it('begins with the first page again when the link to the next has grown too old', async () => {
    for (let n = 0; n < 150; n += 1) await scene.startConversation();
    await growOld();
    await fail();
    await scene.run({ event: { look: 'now' }, remainingMs: timeFor(110) });
    expect((await scene.state())?.wide?.from).toContain('PageToken');
    let refused = 0;
    scene.bot.hooks.exchange = async (request, pass) => {
      if (!request.path.includes('PageToken')) return pass();
      refused += 1;
      return refused === 1 ? refusal(400, 19038) : pass();
    };
    await scene.runFor(3 * MINUTE);
    expect(refused).toBeGreaterThan(0);
    expect((await scene.state())?.wide).toBeUndefined();
  });

  it('that somebody asks for begins anew and at once, whatever is under way', async () => {
    for (let n = 0; n < 12; n += 1) await scene.startConversation();
    await growOld();
    await fail();
    await scene.run({ event: { look: 'now' }, remainingMs: timeFor(6) });
    const { wide, wideAt = 0 } = (await scene.state()) ?? {};
    expect(wide).toBeDefined();
    scene.bot.time.now += MINUTE;
    await scene.run({ event: { look: 'everywhere' } });
    expect((await scene.state())?.wide).toBeUndefined();
    expect((await scene.state())?.wideAt).toBeGreaterThan(wideAt);
    expect(signs()).toEqual(['queue', 'asked']);
  });

  it('keeps its place while Twilio does not list, and is not given up', async () => {
    await markLoss(ports(), 'queue');
    scene.bot.hooks.exchange = async (request, pass) =>
      request.path.includes('StartDate=2015') ? refusal(503, 20503) : pass();
    expect(await scene.runFor(10 * MINUTE)).toBe(0);
    scene.bot.hooks.exchange = (_, pass) => pass();
    expect(await scene.runFor(2 * MINUTE)).toBe(1);
  });

  describe('beside a service that cannot be listed', () => {
    const THEIRS = `IS${'7'.repeat(32)}`;
    const refuse = (status: number) => {
      scene.bot.hooks.exchange = async (request, pass) =>
        request.path.includes(THEIRS) ? refusal(status, 20404) : pass();
    };

    // Cause: it stopped there for good, or began each run with the first service anew.
    it.each([
      ['first', `${THEIRS} ${SERVICE_SID}`],
      ['last', `${SERVICE_SID} ${THEIRS}`],
    ])('named %s, goes through the others once for each sign', async (_, services) => {
      const settings = { TWILIO_CHAT_SERVICE_SID: services };
      refuse(404);
      // The settings have changed, which is a sign too.
      expect(await scene.runFor(20 * MINUTE, { settings })).toBe(1);
      await scene.answer();
      scene.bot.time.now += 48 * HOUR;
      await scene.runFor(10 * MINUTE, { settings });
      const [before, alive] = [scene.bot.requests.length, scene.counted('reconcile_alive')];
      await scene.runFor(HOUR, { settings });
      expect(lists(before)).toEqual([]);
      await scene.write(old, 'two');
      await markLoss(ports(), 'queue');
      expect(await scene.runFor(20 * MINUTE, { settings })).toBe(1);
      expect(signs()).toEqual(['deployment', 'queue']);
      expect(scene.counted('reconcile_alive')).toBe(alive);
    });

    it('is begun once more when that service can be listed again', async () => {
      const settings = { TWILIO_CHAT_SERVICE_SID: `${THEIRS} ${SERVICE_SID}` };
      refuse(403);
      await scene.runFor(HOUR, { settings });
      scene.bot.hooks.exchange = async (request, pass) =>
        request.path.includes(THEIRS) ? pass().then((page) => ({ ...page, ...EMPTY })) : pass();
      await scene.runFor(HOUR, { settings });
      expect(signs()).toEqual(['deployment', 'listed_again']);
    });
  });

  it('is begun once more when a key that was refused is good again', async () => {
    await markLoss(ports(), 'queue');
    scene.bot.hooks.exchange = async () => refusal(401, 20003);
    expect(await scene.runFor(HOUR)).toBe(0);
    scene.bot.hooks.exchange = (_, pass) => pass();
    expect(await scene.runFor(20 * MINUTE)).toBe(1);
    expect(signs()).toEqual(['queue', 'listed_again']);
  });

  it('leaves a conversation that cannot be read to the next rounds', async () => {
    await markLoss(ports(), 'queue');
    scene.bot.hooks.exchange = async (request, pass) =>
      request.path.includes(`${old}/Messages`) ? refusal(503, 20503) : pass();
    expect(await scene.runFor(6 * MINUTE)).toBe(0);
    scene.bot.hooks.exchange = (_, pass) => pass();
    expect(await scene.runFor(6 * MINUTE)).toBe(1);
    expect(signs()).toEqual(['queue']);
  });

  it('leaves a message that is young to the next rounds', async () => {
    await scene.run({ event: { look: 'everywhere' } });
    await scene.answer();
    await growOld();
    await fail();
    scene.bot.time.now = ((await scene.state())?.lookedAt ?? 0) + 7 * MINUTE;
    await scene.write(old, 'two');
    expect(await scene.run()).toBe(0);
    expect(signs()).toEqual(['asked', 'queue']);
    expect(await scene.runFor(7 * MINUTE)).toBe(1);
    expect(signs()).toHaveLength(2);
  });
});
