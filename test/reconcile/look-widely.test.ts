import { describe, expect, it } from 'vitest';
import type { WidePlace } from '../../lib/reconcile/look-state.ts';
import { lookWidely } from '../../lib/reconcile/wide-look.ts';
import type { ConversationPage, ListConversationsOptions } from '../../lib/twilio/conversations.ts';
import { NotFoundError, ServerError } from '../../lib/twilio/twilio-errors.ts';
import { silentLog } from '../support/silent-log.ts';

type Pages = Readonly<Record<string, ConversationPage | Error>>;

/** @param next the link to the page behind it */
function page(sids: readonly string[], next?: string): ConversationPage {
  return { conversations: sids.map((sid) => ({ sid })), next } as object as ConversationPage;
}

const TWO_SERVICES: Pages = {
  IS1: page(['CH1', 'CH2', 'CH3'], '/2'),
  'IS1/2': page(['CH4', 'CH5']),
  IS2: page(['CH6']),
};

interface Limits {
  readonly serviceSids?: readonly string[];
  /** How many conversations there is time for. */
  readonly looks?: number;
}

/** Looks from `begun` on: what was listed and looked at, and how far it came. */
async function look(pages: Pages, begun: WidePlace, { serviceSids, looks }: Limits = {}) {
  const listed: [serviceSid: string, options: ListConversationsOptions][] = [];
  const looked: string[] = [];
  const log = silentLog();
  const listConversations = async (serviceSid: string, options: ListConversationsOptions) => {
    listed.push([serviceSid, options]);
    const found = pages[`${serviceSid}${options.from ?? ''}`];
    if (found === undefined || found instanceof Error) throw found ?? new Error('no such page');
    return found;
  };
  const wide = await lookWidely({ listConversations, log }, begun, {
    serviceSids: serviceSids ?? ['IS1', 'IS2'],
    goesOn: () => looked.length < (looks ?? 100),
    look: async (serviceSid, conversationSid) => {
      looked.push(`${serviceSid}/${conversationSid}`);
      return true;
    },
  });
  return { wide, listed, looked, log };
}

describe('a wide look', () => {
  it('goes through all pages of all services', async () => {
    const { wide, looked, listed } = await look(TWO_SERVICES, { serviceSid: 'IS1' });
    expect(looked).toEqual(['IS1/CH1', 'IS1/CH2', 'IS1/CH3', 'IS1/CH4', 'IS1/CH5', 'IS2/CH6']);
    expect(wide).toStrictEqual({ refused: [] });
    const StartDate = '2015-01-01T00:00:00Z';
    expect(listed).toEqual([
      ['IS1', { StartDate, from: undefined }],
      ['IS1', { StartDate, from: '/2' }],
      ['IS2', { StartDate, from: undefined }],
    ]);
  });

  it('asks for nothing without time, and keeps its place', async () => {
    const begun = { serviceSid: 'IS1', from: '/2', upTo: 'CH4' };
    const { wide, listed } = await look(TWO_SERVICES, begun, { looks: 0 });
    expect(listed).toEqual([]);
    expect(wide).toEqual({ refused: [], place: begun });
  });

  it.each([
    [1, { serviceSid: 'IS1', upTo: 'CH1' }],
    [3, { serviceSid: 'IS1', from: '/2' }],
    [4, { serviceSid: 'IS1', from: '/2', upTo: 'CH4' }],
    [5, { serviceSid: 'IS2' }],
  ])('stops after %i looks where time is over: %o', async (looks, place) => {
    const { wide } = await look(TWO_SERVICES, { serviceSid: 'IS1' }, { looks });
    expect(wide).toStrictEqual({ refused: [], place });
  });

  it('goes on behind the conversation it got to', async () => {
    const { looked } = await look(TWO_SERVICES, { serviceSid: 'IS1', from: '/2', upTo: 'CH4' });
    expect(looked).toEqual(['IS1/CH5', 'IS2/CH6']);
  });

  it('goes on with the whole page where that conversation is gone', async () => {
    const { looked } = await look(TWO_SERVICES, { serviceSid: 'IS1', from: '/2', upTo: 'CH9' });
    expect(looked).toEqual(['IS1/CH4', 'IS1/CH5', 'IS2/CH6']);
  });

  it.each<WidePlace>([{ serviceSid: 'IS1' }, { serviceSid: 'IS1', upTo: 'CH1' }])(
    'stays at %o where the first look is not done',
    async (begun) => {
      const wide = await lookWidely(
        { listConversations: async () => page(['CH1', 'CH2']), log: silentLog() },
        begun,
        { serviceSids: ['IS1'], goesOn: () => true, look: async () => false },
      );
      expect(wide).toStrictEqual({ refused: [], place: begun });
    },
  );

  it('begins with the first service where the one it got to is not looked at any more', async () => {
    const { looked, listed } = await look(TWO_SERVICES, { serviceSid: 'IS9', from: '/2' });
    expect(looked).toHaveLength(6);
    expect(listed.map(([serviceSid]) => serviceSid)).toEqual(['IS1', 'IS1', 'IS2']);
  });

  it('is over where no service is left', async () => {
    const { wide, listed } = await look(TWO_SERVICES, { serviceSid: 'IS1' }, { serviceSids: [] });
    expect(wide).toStrictEqual({ refused: [] });
    expect(listed).toEqual([]);
  });

  it('stops at a page that cannot be listed, and keeps its place', async () => {
    const pages = { ...TWO_SERVICES, 'IS1/2': new ServerError({ status: 503 }) };
    const { wide, log } = await look(pages, { serviceSid: 'IS1' });
    expect(wide).toStrictEqual({ refused: [], place: { serviceSid: 'IS1', from: '/2' } });
    expect(log.lines).toMatchObject([{ reconcile_failed: 1, reason: 'server_failure' }]);
  });

  it('passes over a service that may not be listed, and names it', async () => {
    const pages = { ...TWO_SERVICES, IS1: new NotFoundError({ status: 404 }) };
    const { wide, looked, log } = await look(pages, { serviceSid: 'IS1' });
    expect(looked).toEqual(['IS2/CH6']);
    expect(wide).toStrictEqual({ refused: ['IS1'] });
    expect(log.lines).toMatchObject([{ reconcile_failed: 1, reason: 'not_found' }]);
  });
});
