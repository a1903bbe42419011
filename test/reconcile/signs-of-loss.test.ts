import { describe, expect, it } from 'vitest';
import { leaveAlarm, readAlerts, readMarks } from '../../lib/reconcile/signs-of-loss.ts';
import { LOSS } from '../../lib/record/keys.ts';
import { markLoss } from '../../lib/record/loss.ts';
import type { Alert, AlertPage } from '../../lib/twilio/alerts.ts';
import { barePorts, failed, MINUTE, OTHERS, OURS, refused, START } from './bare-ports.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('the signs in the table', () => {
  it('of minutes that are over are read by their reasons, and are there until they are removed', async () => {
    const { ports, time, memory } = barePorts();
    await markLoss(ports, 'queue');
    await markLoss(ports, 'auth|tokens');
    time.now += MINUTE + 2_000;
    await markLoss(ports, 'spool');
    const { reasons, remove } = await readMarks(ports);
    expect(reasons).toEqual(['auth|tokens', 'queue']);
    expect(await memory.list(LOSS, 9)).toHaveLength(3);
    await remove();
    const left = (await memory.list(LOSS, 9)).map(([{ sk }]) => sk);
    expect(left).toEqual(['2026-11-20T12:08|spool']);
  });

  it('are none where nothing was lost', async () => {
    const { reasons, remove } = await readMarks(barePorts().ports);
    expect(reasons).toEqual([]);
    await remove();
  });
});

describe('the sign that an alarm leaves', () => {
  /** A table that fails so often; how often it was written to, and how long was waited. */
  function failing(times: number) {
    const { ports, memory, time } = barePorts();
    const told = { writes: 0, waited: [] as number[] };
    const put: typeof memory.put = async (...item) => {
      told.writes += 1;
      if (told.writes <= times) throw failed();
      return memory.put(...item);
    };
    const clock = { now: () => time.now, sleep: async (ms: number) => void told.waited.push(ms) };
    const signs = async () => (await memory.list(LOSS, 9)).map(([{ sk }]) => sk);
    return { told, signs, leave: () => leaveAlarm({ ...ports, clock, store: { ...memory, put } }) };
  }

  it.each([
    [0, []],
    [1, [1_000]],
    [2, [1_000, 1_000]],
  ])('is left once, though the table fails %i times', async (times, waited) => {
    const { told, signs, leave } = failing(times);
    await leave();
    expect(told).toEqual({ writes: times + 1, waited });
    expect(await signs()).toEqual(['2026-11-20T12:07|alarm']);
  });

  it('is not left where the table fails three times, which is an error', async () => {
    const { told, leave } = failing(3);
    await expect(leave()).rejects.toThrow();
    expect(told).toEqual({ writes: 3, waited: [1_000, 1_000] });
  });
});

const alert = (fields: Partial<Alert> = {}): Alert => ({
  error_code: '11200',
  request_url: OURS,
  date_created: new Date(START - MINUTE).toISOString(),
  ...fields,
});

/** A Monitor that has these alerts, and from when on it was asked. */
function monitor(...pages: (AlertPage | Error)[]) {
  const from: number[] = [];
  const answers = [...pages];
  const listAlerts = async (since: number) => {
    from.push(since);
    const answer = answers.shift() ?? { alerts: [], cut: false };
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { ...barePorts({ listAlerts }), from };
}
const page = (...alerts: Alert[]) => ({ alerts, cut: false });
const isLoss = async (...alerts: Alert[]) =>
  (await readAlerts(monitor(page(...alerts)).ports, undefined)).isLoss;

describe('Twilio’s alerts', () => {
  it('are not asked for where there is no Monitor', async () => {
    const { ports, lines } = barePorts();
    const before = { askedAt: 1, latestAt: 2 };
    expect(await readAlerts(ports, before)).toStrictEqual({ seen: before, isLoss: false });
    expect(await readAlerts(ports, undefined)).toStrictEqual({ seen: undefined, isLoss: false });
    expect(lines).toEqual([]);
  });

  it('are asked for from two minutes before the first time, and then before the time before', async () => {
    const { ports, time, from } = monitor();
    const { seen } = await readAlerts(ports, undefined);
    expect(seen).toStrictEqual({ askedAt: START, latestAt: 0 });
    time.now += 5 * MINUTE;
    expect((await readAlerts(ports, seen)).seen).toStrictEqual({ askedAt: START + 5 * MINUTE, latestAt: 0 });
    expect(from).toEqual([START - 2 * MINUTE, START - 2 * MINUTE]);
  });

  it('are a loss while they are new, and not once they were shown before', async () => {
    const [older, newer] = [alert({ date_created: new Date(START - 2 * MINUTE).toISOString() }), alert()];
    const { ports, lines } = monitor(page(older), page(newer, older), page(newer), page(older));
    const first = await readAlerts(ports, undefined);
    expect(first).toMatchObject({ isLoss: true, seen: { latestAt: START - 2 * MINUTE } });
    const second = await readAlerts(ports, first.seen);
    expect(second).toMatchObject({ isLoss: true, seen: { latestAt: START - MINUTE } });
    const third = await readAlerts(ports, second.seen);
    expect(third).toStrictEqual({ isLoss: false, seen: { askedAt: START, latestAt: START - MINUTE } });
    const fourth = await readAlerts(ports, third.seen);
    expect(fourth).toStrictEqual(third);
    expect(lines).toEqual([]);
  });

  it.each<[fields: Partial<Alert>, loss: boolean]>([
    [{}, true],
    [{ error_code: '50057' }, true],
    [{ error_code: '50076' }, true],
    [{ error_code: '50057', request_url: null }, true],
    [{ error_code: '50076', request_url: '' }, true],
    [{ error_code: '50076', request_url: OTHERS }, false],
    [{ request_url: OTHERS }, false],
    [{ request_url: null }, false],
    [{ request_url: '' }, false],
    [{ error_code: '30003' }, false],
    [{ error_code: '30003', request_url: null }, false],
    [{ error_code: null }, false],
    [{ error_code: '' }, false],
  ])('with %o are a loss: %s', async (fields, loss) => {
    expect(await isLoss(alert(fields))).toBe(loss);
  });

  it('of others do not hide ours', async () => {
    expect(await isLoss(alert({ request_url: OTHERS }), alert(), alert({ error_code: '30003' }))).toBe(true);
  });

  it.each([null, '', 'yesterday'])(
    'dated %o are too old to be a loss, and hide none that is',
    async (date) => {
      expect(await isLoss(alert({ date_created: date }))).toBe(false);
      const { ports } = monitor(page(alert({ date_created: date }), alert()));
      expect(await readAlerts(ports, undefined)).toStrictEqual({
        isLoss: true,
        seen: { askedAt: START, latestAt: START - MINUTE },
      });
    },
  );

  // Cause: others' filled the page each time, and ours behind them were never seen.
  it('that do not fit on the page are a loss, since ours may be among the rest', async () => {
    const { ports, lines } = monitor({ alerts: [alert({ request_url: OTHERS })], cut: true });
    expect(await readAlerts(ports, undefined)).toStrictEqual({
      isLoss: true,
      seen: { askedAt: START, latestAt: 0 },
    });
    expect(lines).toEqual([]);
  });

  // Cause: what is older Twilio refuses with 400, and the same was asked for each time.
  it.each([
    [29, 29 * DAY + 2 * MINUTE],
    [30, 30 * DAY - HOUR],
    [100, 30 * DAY - HOUR],
  ])('that nobody could ask for in %i days are asked for from %i ms before', async (days, ms) => {
    const { ports, from } = monitor();
    await readAlerts(ports, { askedAt: START - days * DAY, latestAt: 0 });
    expect(from).toEqual([START - ms]);
  });

  it('that the key may not ask for are asked for again after an hour, and not counted', async () => {
    const { ports, time, from, lines } = monitor(refused(), page(alert()));
    const before = { askedAt: START - 5 * MINUTE, latestAt: START - HOUR };
    const { seen, isLoss } = await readAlerts(ports, before);
    expect({ seen, isLoss }).toStrictEqual({
      seen: { ...before, refusedUntil: START + HOUR },
      isLoss: false,
    });
    time.now += HOUR - 1;
    expect(await readAlerts(ports, seen)).toStrictEqual({ seen, isLoss: false });
    expect(from).toHaveLength(1);
    time.now += 1;
    expect(await readAlerts(ports, seen)).toStrictEqual({
      seen: { askedAt: START + HOUR, latestAt: START - MINUTE },
      isLoss: true,
    });
    expect(from).toEqual([START - 7 * MINUTE, START - 7 * MINUTE]);
    expect(lines).toEqual([]);
  });

  it('that could not be read are counted, and asked for from the same time again', async () => {
    const { ports, time, from, reasons } = monitor(failed(), new Error('broken'));
    const first = await readAlerts(ports, undefined);
    expect(first).toStrictEqual({ seen: { askedAt: START, latestAt: 0 }, isLoss: false });
    time.now += 5 * MINUTE;
    expect(await readAlerts(ports, first.seen)).toStrictEqual(first);
    expect(from).toEqual([START - 2 * MINUTE, START - 2 * MINUTE]);
    expect(reasons('alerts_unread')).toEqual(['server_failure', 'defect']);
    expect(reasons('reconcile_failed')).toEqual([]);
  });
});
