import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../emulator/ledger.ts';
import { startService, type TestService } from './start-service.ts';

describe('a ledger', () => {
  it('never gives an ordinal again and finds everything that was not removed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant('add' as const), fc.nat({ max: 40 })), { maxLength: 60 }),
        (steps) => {
          const ledger = new Ledger<{ sid: string }>();
          const model = new Map<string, number>();
          let next = 0;
          for (const step of steps) {
            if (step === 'add') {
              expect(ledger.nextOrdinal).toBe(next);
              ledger.add({ sid: `S${next}` });
              model.set(`S${next}`, next);
              next += 1;
            } else {
              ledger.remove(`S${step}`);
              model.delete(`S${step}`);
            }
          }
          expect(ledger.items.map(({ sid }) => sid)).toEqual([...model.keys()]);
          expect(ledger.ordinals).toEqual([...model.values()]);
          for (let n = 0; n < next; n += 1)
            expect(ledger.get(`S${n}`)?.sid).toBe(model.has(`S${n}`) ? `S${n}` : undefined);
          const restored = new Ledger<{ sid: string }>().restore(JSON.parse(JSON.stringify(ledger.save())));
          expect(restored).toEqual(ledger);
        },
      ),
    );
  });
});

describe('paging', () => {
  async function withMessages(count: number, removed: readonly number[] = []) {
    const service = startService({ settings: { actionsPerSecond: null } });
    const { body } = await service.rest('POST', '/v1/Conversations');
    const path = `/v1/Conversations/${body.sid}/Messages`;
    const sids: string[] = [];
    for (let n = 0; n < count; n += 1) sids.push((await service.rest('POST', path)).body.sid);
    for (const n of removed) await service.rest('DELETE', `${path}/${sids[n]}`);
    return { service, path, sids };
  }

  const indexesOf = (page: { messages: { index: number }[] }) => page.messages.map(({ index }) => index);

  async function walk(service: TestService, first: string): Promise<{ indexes: number[]; pages: number }> {
    const indexes: number[] = [];
    let pages = 0;
    for (let url: string | null = first; url !== null; pages += 1) {
      const { body }: { body: { meta: Record<string, string | null>; messages: { index: number }[] } } =
        await service.rest('GET', url);
      indexes.push(...indexesOf(body));
      expect(body.meta['page']).toBe(pages);
      if (pages > 0) {
        const { body: back } = await service.rest('GET', body.meta['previous_page_url'] ?? '');
        expect(indexesOf(back).at(-1)).toBe(indexes[indexes.length - body.messages.length - 1]);
      }
      url = body.meta['next_page_url'] ?? null;
    }
    return { indexes, pages };
  }

  it('shows everything once in either order, whatever the page size and whatever was removed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 23 }),
        fc.uniqueArray(fc.nat({ max: 22 })),
        fc.integer({ min: 1, max: 10 }),
        fc.constantFrom('asc', 'desc'),
        async (count, chosen, size, order) => {
          const removed = chosen.filter((n) => n < count);
          const { service, path } = await withMessages(count, removed);
          const { indexes, pages } = await walk(service, `${path}?Order=${order}&PageSize=${size}`);
          const left = Array.from({ length: count }, (_, n) => n).filter((n) => !removed.includes(n));
          expect(indexes).toEqual(order === 'asc' ? left : left.reverse());
          expect(pages).toBe(Math.max(1, Math.ceil(left.length / size)));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('stays right while messages come and go between two pages', async () => {
    const { service, path, sids } = await withMessages(6);
    const { body: first } = await service.rest('GET', `${path}?PageSize=2`);
    await service.rest('DELETE', `${path}/${sids[0]}`);
    await service.rest('DELETE', `${path}/${sids[2]}`);
    await service.rest('POST', path);
    const { body: second } = await service.rest('GET', first.meta.next_page_url);
    expect(indexesOf(second)).toEqual([3, 4]);
    const { body: third } = await service.rest('GET', second.meta.next_page_url);
    expect(indexesOf(third)).toEqual([5, 6]);
  });

  it('prints every meta link as Twilio does', async () => {
    const { service, path } = await withMessages(3);
    const { body } = await service.rest('GET', `${path}?PageSize=1&Order=asc`);
    const at = `https://conversations.twilio.com${path}`;
    expect(body.meta).toEqual({
      page: 0,
      page_size: 1,
      first_page_url: `${at}?Order=asc&PageSize=1&Page=0`,
      previous_page_url: null,
      url: `${at}?Order=asc&PageSize=1&Page=0`,
      next_page_url: `${at}?Order=asc&PageSize=1&Page=1&PageToken=1`,
      key: 'messages',
    });
  });

  it('has 50 on a page unless told otherwise, and 100 at most', async () => {
    const { service, path } = await withMessages(101);
    expect((await service.rest('GET', path)).body.messages).toHaveLength(50);
    expect((await service.rest('GET', `${path}?PageSize=100`)).body.messages).toHaveLength(100);
    const { body } = await service.rest('GET', `${path}?PageSize=5000`);
    expect([body.messages.length, body.meta.page_size]).toEqual([100, 100]);
    service.changeSettings({ pageSizeAboveMaximum: 'refuse' });
    expect((await service.rest('GET', `${path}?PageSize=101`)).body).toMatchObject({ code: 20001 });
  });

  it('takes Page for what it is: something the client keeps for itself', async () => {
    const { service, path } = await withMessages(3);
    const { body } = await service.rest('GET', `${path}?PageSize=2&Page=7`);
    expect([indexesOf(body), body.meta.page]).toEqual([[0, 1], 7]);
  });

  it('lists conversations of some days, newest first', async () => {
    const service = startService();
    for (const day of ['01', '02', '03', '04']) {
      await service.rest('POST', '/v1/Conversations', {
        FriendlyName: day,
        DateCreated: `2026-11-${day}T12:00:00Z`,
      });
    }
    const names = async (query: string) =>
      (await service.rest('GET', `/v1/Conversations?${query}`)).body.conversations.map(
        (c: { friendly_name: string }) => c.friendly_name,
      );
    expect(await names('StartDate=2026-11-02&EndDate=2026-11-03')).toEqual(['03', '02']);
    expect(await names('StartDate=2026-11-03T12:00:00Z')).toEqual(['04', '03']);
    expect(await names('EndDate=2026-11-01')).toEqual(['01']);
    expect(await names('')).toEqual(['01', '02', '03', '04']);
  });
});
