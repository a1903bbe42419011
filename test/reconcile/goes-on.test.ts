import { describe, expect, it } from 'vitest';
import type { LookState } from '../../lib/reconcile/look-state.ts';
import { markLoss } from '../../lib/record/loss.ts';
import type { ConversationPage, ConversationResource } from '../../lib/twilio/conversations.ts';
import { barePorts, DONE, FIRST, failed, MINUTE, NO_PAGE, refused, SECOND, START } from './bare-ports.ts';

const HOUR = 60 * MINUTE;
const ALL_DAYS = '2015-01-01T00:00:00Z';
const KNOWN = { at: START - HOUR, latest: [] };
const WIDE: LookState = {
  ...DONE,
  services: { [FIRST]: { newest: KNOWN } },
  wide: { serviceSid: FIRST, from: '/page-3' },
  wideAt: START - 2 * MINUTE,
};
const LISTING: LookState = {
  ...DONE,
  services: { [FIRST]: { newest: { ...KNOWN, listing: { ...KNOWN, from: '/page-2' } } } },
};

const pageOf = (sids: readonly string[], next?: string): ConversationPage => ({
  conversations: sids.map((sid) => ({ sid, date_created: null }) as ConversationResource),
  next,
});

/** A run that goes on with what the one before left, and what it asks Twilio for. */
async function left(state: LookState, serviceSids: readonly string[] = [FIRST]) {
  const asked: string[] = [];
  const bare = barePorts({
    serviceSids,
    listConversations: async (serviceSid, { from, StartDate }) => {
      asked.push(`${serviceSid === FIRST ? 'first' : 'second'} ${from ?? 'from the start'} ${StartDate}`);
      return NO_PAGE;
    },
    fetchWebhooks: () => Promise.reject(new Error('the webhooks were asked for')),
    listAlerts: () => Promise.reject(new Error('the alerts were asked for')),
  });
  await bare.leave(state);
  return { ...bare, asked };
}

describe('a run between two rounds', () => {
  it('goes on with a wide look, and asks for nothing else', async () => {
    const { run, asked, lines, state } = await left(WIDE);
    expect(await run()).toStrictEqual({ found: 0, finished: false });
    expect(asked).toEqual([`first /page-3 ${ALL_DAYS}`]);
    expect(lines).toMatchObject([{ reconcile_looked: 0 }]);
    const { wide: _, ...rest } = WIDE;
    expect(await state()).toEqual(rest);
  });

  it('asks nothing of a service that was added, before the next round says whose it is', async () => {
    const { run, asked, state } = await left(WIDE, [FIRST, SECOND]);
    await run();
    expect(asked).toEqual([`first /page-3 ${ALL_DAYS}`]);
    expect((await state())?.services).toEqual(WIDE.services);
  });

  it('looks at the conversations of the page where a wide look stopped', async () => {
    const looked: unknown[] = [];
    const { run, lines, reasons } = await left(WIDE);
    await run({
      listConversations: async () => pageOf(['CH1', 'CH2']),
      list: async function* (address) {
        looked.push(address);
        yield* [];
      },
    });
    expect(looked).toEqual([
      { serviceSid: FIRST, conversationSid: 'CH1' },
      { serviceSid: FIRST, conversationSid: 'CH2' },
    ]);
    expect(lines).toContainEqual(expect.objectContaining({ reconcile_looked: 2 }));
    expect(reasons('reconcile_alive')).toHaveLength(1);
  });

  it('lists what is new for a third of the time at most, and keeps its place', async () => {
    const { run, state } = await left(LISTING);
    let pages = 0;
    await run({
      listConversations: async () => {
        pages += 1;
        return pageOf([], '/next');
      },
      // A page takes ten seconds of a hundred and ten, of which ten are for the end.
      remainingMs: () => 110_000 - pages * 10_000,
    });
    expect(pages).toBe(4);
    expect((await state())?.services[FIRST]).toMatchObject({ newest: { listing: { from: '/next' } } });
  });

  it('goes on with a listing, and asks for nothing else', async () => {
    const { run, asked, lines, state } = await left(LISTING);
    expect(await run()).toStrictEqual({ found: 0, finished: false });
    expect(asked).toEqual(['first /page-2 2026-11-20T11:06:00Z']);
    expect(lines).toMatchObject([{ reconcile_looked: 0 }]);
    expect(await state()).toEqual({ ...DONE, services: { [FIRST]: { newest: KNOWN } } });
  });

  it('goes on with a round, and the look at all there is waits', async () => {
    const round = { at: START - 2 * MINUTE, since: START - 7 * MINUTE };
    const { run, asked, state, reasons } = await left({ ...DONE, round });
    await run();
    expect(asked).toEqual([]);
    expect(await state()).toEqual({ ...DONE, lookedAt: round.at });
    expect(reasons('reconcile_alive')).toEqual([]);
    expect(reasons('reconcile_unfinished')).toEqual([]);
  });

  it('does not list what is new in a service that was added meanwhile', async () => {
    const { run, asked, reasons } = await left(WIDE, [FIRST, SECOND]);
    await run();
    expect(asked.filter((listing) => !listing.endsWith(ALL_DAYS))).toEqual([]);
    expect(reasons('reconcile_failed')).toEqual([]);
  });

  it('goes on with the listing of one service, and leaves the others alone', async () => {
    const { run, asked, reasons } = await left(LISTING, [SECOND, FIRST]);
    await run();
    expect(asked).toEqual(['first /page-2 2026-11-20T11:06:00Z']);
    expect(reasons('reconcile_failed')).toEqual([]);
  });

  it('does not say again that a service is another’s, and does not list it', async () => {
    const wiring = { checkedAt: START - MINUTE, target: 'other' } as const;
    const { run, asked, lines } = await left({
      ...LISTING,
      services: { [FIRST]: { wiring } },
      wide: { serviceSid: FIRST },
    });
    await run();
    expect(asked).toEqual([]);
    expect(lines).toMatchObject([{ reconcile_looked: 0 }]);
  });

  it('keeps its place in a wide look when there is no time', async () => {
    const { run, asked, state } = await left(WIDE);
    await run({ remainingMs: () => 9_999 });
    expect(asked).toEqual([]);
    expect(await state()).toEqual(WIDE);
  });

  it('keeps the signs that come while a wide look goes on for another one, each of them once', async () => {
    const { ports, run, time, leave, reasons, state } = await left(WIDE);
    await markLoss(ports, 'queue');
    await markLoss(ports, 'spool');
    time.now += 1.5 * MINUTE;
    await leave({ ...WIDE, lookedAt: time.now - MINUTE, signs: ['alarm', 'queue'] });
    await run();
    expect((await state())?.signs).toEqual(['alarm', 'queue', 'spool']);
    expect(reasons('wide_look')).toEqual([]);
    time.now += 15 * MINUTE;
    await run();
    expect(reasons('wide_look')).toEqual(['alarm', 'queue', 'spool']);
    expect((await state())?.signs).toEqual([]);
  });
});

describe('a service that a wide look passed over', () => {
  const PASSED: LookState = {
    ...LISTING,
    services: { [FIRST]: { ...LISTING.services[FIRST], passedOver: true } },
  };

  it('is remembered, beside what is known of it', async () => {
    const { run, state } = await left(WIDE);
    await run({ listConversations: () => Promise.reject(refused()) });
    expect((await state())?.services[FIRST]).toEqual({ newest: KNOWN, passedOver: true });
  });

  it('has a wide look of its own once it can be listed', async () => {
    const { run, state, reasons } = await left(PASSED);
    await run();
    expect(reasons('wide_look')).toEqual(['listed_again']);
    expect((await state())?.services[FIRST]).toEqual({ newest: KNOWN });
  });

  it('has none while it cannot', async () => {
    const { run, state, reasons } = await left(PASSED);
    await run({ listConversations: () => Promise.reject(failed()) });
    expect(reasons('wide_look')).toEqual([]);
    expect(await state()).toEqual(PASSED);
  });
});
