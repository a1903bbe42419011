import { describe, expect, it } from 'vitest';
import type { LookState, ServiceState, Wiring } from '../../lib/reconcile/look-state.ts';
import { SINCE_KEY } from '../../lib/record/keys.ts';
import { FOR_EVER, type Marks } from '../../lib/record/since.ts';
import {
  barePorts,
  DONE,
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

/** A round is due, and the webhooks of no service: they were asked for five minutes before. */
const due = (services: LookState['services'], signs: readonly string[] = []): LookState => ({
  ...DUE,
  services,
  signs,
});
const wired = (target: Wiring['target']): ServiceState => ({
  wiring: { checkedAt: START - 5 * MINUTE, target },
});
const OLD_SIGN = ['auth_tokens'];

/** Which services’ webhooks a run asks for. */
async function askedFor(state: LookState, changes: Parameters<typeof barePorts>[0] = {}) {
  const asked: (string | undefined)[] = [];
  const { run, leave } = barePorts({
    serviceSids: [FIRST, SECOND],
    fetchWebhooks: async (serviceSid) => {
      asked.push(serviceSid);
      return webhooksTo(OURS);
    },
    ...changes,
  });
  await leave(state);
  expect(await run()).toMatchObject({ finished: true });
  return asked;
}

describe('the webhooks of a service that were asked for five minutes ago are asked for at once', () => {
  const both = { [FIRST]: wired('ours'), [SECOND]: wired('ours') };
  const none = { [FIRST]: wired('other'), [SECOND]: wired('other') };

  it.each<[string, LookState, Parameters<typeof barePorts>[0]]>([
    ['for a sign that is kept', due(both, OLD_SIGN), {}],
    [
      'for a sign that is kept, where the first of two is another’s',
      due({ ...both, [FIRST]: wired('other') }, OLD_SIGN),
      {},
    ],
    [
      'for a sign that is kept, where the second of two is another’s',
      due({ ...both, [SECOND]: wired('other') }, OLD_SIGN),
      {},
    ],
    ['for a deployment, though all are another’s', due(none), { deployment: 'two' }],
    ['because somebody asks, though all are another’s', due(none), { asked: 'now' }],
  ])('%s', async (_, state, changes) => {
    expect(await askedFor(state, changes)).toEqual([FIRST, SECOND]);
  });

  it.each<[string, LookState]>([
    ['where nothing is a sign', due(both)],
    ['for a sign that is kept, where all are another’s', due(none, OLD_SIGN)],
  ])('but not %s', async (_, state) => {
    expect(await askedFor(state)).toEqual([]);
  });

  it('together with those that have been added, which were never asked for', async () => {
    expect(await askedFor(due({ [FIRST]: wired('other') }, OLD_SIGN))).toEqual([FIRST, SECOND]);
  });
});

it('a service of which nobody has asked where its webhooks go is looked at in one run as in the next', async () => {
  const { run, time, reasons } = barePorts({ checksWiring: false });
  for (const _ of [1, 2, 3]) {
    expect(await run()).toMatchObject({ finished: true });
    time.now += 5 * MINUTE;
  }
  expect(reasons('reconcile_alive')).toHaveLength(3);
});

it('a wide look goes on where a service was never listed, and another has been added since', async () => {
  const listed: string[] = [];
  const { run, leave, state, lines } = barePorts({
    serviceSids: [FIRST, SECOND],
    listConversations: async (serviceSid) => {
      listed.push(serviceSid);
      return NO_PAGE;
    },
  });
  await leave({ ...DONE, services: { [FIRST]: {} }, wide: { serviceSid: FIRST } });
  await run();
  expect(listed).toEqual([FIRST]);
  expect(await state()).not.toHaveProperty('wide');
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
});

describe('what was written in a service by now may have been another’s to answer', () => {
  /** The marks that a run leaves, of services of which an earlier one left this. */
  async function marksAfter(
    services: LookState['services'],
    serviceSids: readonly string[],
    targets: Readonly<Record<string, string>> = {},
  ) {
    const { run, leave, memory } = barePorts({
      serviceSids,
      fetchWebhooks: async (serviceSid = '') => webhooksTo(targets[serviceSid] ?? OURS),
    });
    await leave(due(services));
    await run();
    return (await memory.get<Marks>(SINCE_KEY))?.value.services;
  }
  const since = START;

  it('not at the first look of all', async () => {
    expect(await marksAfter({}, [FIRST, SECOND])).toEqual({ [FIRST]: { since }, [SECOND]: { since } });
  });

  it('where the service has been added', async () => {
    expect(await marksAfter({ [FIRST]: wired('ours') }, [FIRST, SECOND])).toEqual({
      [FIRST]: { since },
      [SECOND]: { since, othersUntil: START },
    });
  });

  it('until the next time that is asked, where one that has been added is another’s', async () => {
    expect(await marksAfter({ [FIRST]: wired('ours') }, [FIRST, SECOND], { [SECOND]: OTHERS })).toMatchObject(
      { [SECOND]: { since, othersUntil: START + 15 * MINUTE } },
    );
  });

  it('where it has been taken out of the settings, until it is looked at again', async () => {
    expect(await marksAfter({ [FIRST]: wired('ours'), [SECOND]: wired('ours') }, [FIRST])).toEqual({
      [FIRST]: { since },
      [SECOND]: { since, othersUntil: FOR_EVER },
    });
  });
});
