import { describe, expect, it } from 'vitest';
import { type ChooseOptions, chooseConversations, LIMIT } from '../../../cli/prove/choose-conversations.ts';
import type { Stage } from '../../../cli/stage/stage.ts';
import { quarterOf } from '../../../lib/record/active.ts';
import { activePartition } from '../../../lib/record/keys.ts';
import type { TwilioApi } from '../../../lib/twilio/request.ts';

const SERVICE = `IS${'2'.repeat(32)}`;
const NOW = Date.UTC(2026, 10, 29, 12);
const ORIGIN = 'https://conversations.twilio.com';

const sidOf = (n: number) => `CH${n.toString(16).padStart(32, '0')}`;

/** A service with so many conversations, of which the last ones had messages lately. */
function service(count: number, active = 0) {
  let requests = 0;
  const request = async ({ path }: { readonly path: string }) => {
    requests += 1;
    const page = Number(new URL(path, ORIGIN).searchParams.get('Page') ?? 0);
    const left = Math.max(0, Math.min(100, count - page * 100));
    const next = `${ORIGIN}/v1/Services/${SERVICE}/Conversations?PageSize=100&Page=${page + 1}`;
    return {
      conversations: Array.from({ length: left }, (_, n) => ({ sid: sidOf(page * 100 + n) })),
      meta: { next_page_url: (page + 1) * 100 < count ? next : null },
    };
  };
  const marks = Array.from({ length: active }, (_, n) => sidOf(count - 1 - n));
  const list = async (pk: string) =>
    marks
      .filter((sid) => pk === activePartition(SERVICE, quarterOf(NOW), sid.slice(-1)))
      .map(
        (sk) =>
          [
            { pk, sk },
            { version: 1, expiresAt: 0, value: { at: NOW } },
          ] as const,
      );
  const stage = {
    twilio: { origin: ORIGIN, request } as unknown as TwilioApi,
    table: { list } as unknown as Stage['table'],
    clock: { now: () => NOW, sleep: async () => undefined },
    random: () => 0.5,
  } as unknown as Stage;
  const choose = (options: Partial<ChooseOptions> = {}) =>
    chooseConversations(stage, [SERVICE], {
      span: { from: NOW - 3_600_000, to: NOW },
      sample: undefined,
      yes: false,
      terminal: {},
      ...options,
    });
  return { choose, requests: () => requests };
}

describe('the conversations that are looked at', () => {
  it('are all of them, at a request for each hundred', async () => {
    const { choose, requests } = service(250);
    expect(await choose()).toMatchObject({ addresses: { length: 250 }, of: 250 });
    expect(requests()).toBe(3);
  });

  it('are not more than a thousand without a word, and no page more is asked for', async () => {
    const { choose, requests } = service(5_000);
    await expect(choose()).rejects.toThrow(
      'There are 1000 conversations or more, and each takes a request to Twilio at least. Give --yes to look at all of them, or --sample 500 to look at some.',
    );
    expect(requests()).toBe(LIMIT / 100);
  });

  it('are all of them with --yes, or when whoever is asked agrees', async () => {
    expect((await service(1_500).choose({ yes: true })).of).toBe(1_500);
    const terminal = (answer: string) => ({ ask: async () => answer });
    expect((await service(1_500).choose({ terminal: terminal('y') })).of).toBe(1_500);
    await expect(service(1_500).choose({ terminal: terminal('') })).rejects.toThrow('Give --yes');
  });

  it('of a sample are those first in which something happened', async () => {
    const { addresses, of } = await service(300, 5).choose({ sample: 8 });
    const sids = addresses.map(({ conversationSid }) => conversationSid);
    expect({ of, looked: sids.length, different: new Set(sids).size }).toEqual({
      of: 300,
      looked: 8,
      different: 8,
    });
    expect(sids.slice(0, 5).sort()).toEqual([295, 296, 297, 298, 299].map(sidOf));
  });

  it('of a sample are all of them where there are no more', async () => {
    expect(await service(30, 5).choose({ sample: 50 })).toMatchObject({ of: 30, isSample: false });
    expect(await service(30, 5).choose({ sample: 5 })).toMatchObject({ of: 5, isSample: true });
  });

  it('of a sample are not looked for at Twilio where the table knows enough', async () => {
    const { choose, requests } = service(300, 5);
    expect(await choose({ sample: 3 })).toMatchObject({ addresses: { length: 3 }, of: 5, isSample: true });
    expect(requests()).toBe(0);
  });
});
