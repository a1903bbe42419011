import { describe, expect, it } from 'vitest';
import type { Wiring } from '../../lib/reconcile/look-state.ts';
import { SINCE_KEY } from '../../lib/record/keys.ts';
import { markLoss } from '../../lib/record/loss.ts';
import type { Marks } from '../../lib/record/since.ts';
import {
  barePorts,
  DUE,
  FIRST,
  MINUTE,
  NO_PAGE,
  OTHERS,
  OURS,
  SECOND,
  START,
  webhooksTo,
} from './bare-ports.ts';

const HOUR = 60 * MINUTE;
const checked = (target: Wiring['target'], hash = 'before'): Wiring => ({
  checkedAt: START - HOUR,
  target,
  hash,
});
const alert = { error_code: '11200', request_url: OURS, date_created: new Date(START).toISOString() };
const listAlerts = async () => ({ alerts: [alert], cut: false });

describe('a wide look is begun', () => {
  it('for nothing, where nothing has changed', async () => {
    const { run, time, reasons, state } = barePorts({ listAlerts: async () => ({ alerts: [], cut: false }) });
    for (const _ of [1, 2, 3, 4]) {
      await run();
      time.now += 15 * MINUTE;
    }
    expect(reasons('wide_look')).toEqual([]);
    expect(await state()).toMatchObject({ signs: [], deployment: 'one', deployedAt: START });
    expect(await state()).not.toHaveProperty('wideAt');
  });

  it('once for all signs there are, and counts each of them', async () => {
    const { ports, time, run, leave, reasons, state } = barePorts({ listAlerts });
    await markLoss(ports, 'queue');
    time.now += 2 * MINUTE;
    const services = { [FIRST]: { wiring: checked('ours') } };
    await leave({ ...DUE, services, signs: ['auth_tokens', 'queue'] });
    await run({ deployment: 'two', asked: 'everywhere' });
    const signs = ['auth_tokens', 'queue', 'asked', 'deployment', 'alert', 'wiring'];
    expect(reasons('wide_look')).toEqual(signs);
    expect(await state()).toMatchObject({ signs: [], wideAt: time.now });
    time.now += 20 * MINUTE;
    await run({ deployment: 'two' });
    expect(reasons('wide_look')).toHaveLength(6);
  });

  it('for a deployment, which is remembered with when it was first seen', async () => {
    const { run, leave, reasons, time, state } = barePorts({ deployment: 'two' });
    await leave(DUE);
    await run();
    expect(await state()).toMatchObject({ deployment: 'two', deployedAt: START });
    time.now += 5 * MINUTE;
    await run();
    expect(await state()).toMatchObject({ deployment: 'two', deployedAt: START });
    expect(reasons('wide_look')).toEqual(['deployment']);
  });

  it('for the webhooks of one of two services', async () => {
    const { run, leave, reasons } = barePorts({ serviceSids: [FIRST, SECOND] });
    await leave({ ...DUE, services: { [FIRST]: { wiring: checked('ours') } } });
    await run();
    expect(reasons('wide_look')).toEqual(['wiring']);
  });

  it('for an alert, once', async () => {
    const { run, time, reasons, state } = barePorts({ listAlerts });
    await run();
    expect((await state())?.alerts).toEqual({ askedAt: START, latestAt: START });
    time.now += 20 * MINUTE;
    await run();
    expect((await state())?.alerts).toEqual({ askedAt: START + 20 * MINUTE, latestAt: START });
    expect(reasons('wide_look')).toEqual(['alert']);
  });

  it('and leaves what is known of the services as it is', async () => {
    const { run, leave, state } = barePorts({ deployment: 'two' });
    await leave(DUE);
    await run();
    expect((await state())?.services[FIRST]).toMatchObject({
      wiring: { checkedAt: START, target: 'ours' },
      newest: { latest: [] },
    });
  });
});

describe('wiring', () => {
  it('that does not matter any more is not asked for, is forgotten, and is not a sign', async () => {
    const fetchWebhooks = () => Promise.reject(new Error('it was asked for'));
    const { run, leave, reasons, state } = barePorts({ checksWiring: false, fetchWebhooks });
    await leave({ ...DUE, services: { [FIRST]: { wiring: checked('other') } } });
    expect(await run()).toMatchObject({ finished: true });
    expect([...reasons('wide_look'), ...reasons('other_stack'), ...reasons('wiring_unknown')]).toEqual([]);
    expect((await state())?.services[FIRST]).not.toHaveProperty('wiring');
  });

  it('that is another’s is counted and logged for that service alone, and nothing is asked of it', async () => {
    const listed: string[] = [];
    const { run, lines, reasons, memory } = barePorts({
      serviceSids: [FIRST, SECOND],
      fetchWebhooks: async (serviceSid) => webhooksTo(serviceSid === FIRST ? OTHERS : OURS),
      listConversations: async (serviceSid) => {
        listed.push(serviceSid);
        return NO_PAGE;
      },
    });
    await run({ asked: 'everywhere' });
    expect(reasons('other_stack')).toHaveLength(1);
    expect(lines.filter(({ level }) => level === 'error')).toMatchObject([
      {
        message: "Twilio's webhooks for the service go to another URL than PUBLIC_URL",
        serviceSid: FIRST,
      },
    ]);
    // For what is new, and for all.
    expect(listed).toEqual([SECOND, SECOND]);
    expect((await memory.get<Marks>(SINCE_KEY))?.value.services).toEqual({
      [FIRST]: { since: START, othersUntil: START + 15 * MINUTE },
      [SECOND]: { since: START },
    });
  });

  it('that was another’s until now leaves a mark: what was written by then may have been another’s to answer', async () => {
    const { run, leave, memory } = barePorts();
    await run();
    await leave({ ...DUE, services: { [FIRST]: { wiring: checked('other') } } });
    await run();
    expect((await memory.get<Marks>(SINCE_KEY))?.value.services).toEqual({
      [FIRST]: { since: START, othersUntil: START },
    });
  });
});
