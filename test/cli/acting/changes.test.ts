import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recoverIn } from '../../../cli/commands/recover.ts';
import { openWorldStage } from '../../../cli/stage/world-stage.ts';
import { ItemBusyError } from '../../../lib/record/item-busy-error.ts';
import { conversationKey } from '../../../lib/record/keys.ts';
import { misunderstood } from '../harmless.ts';
import { type Ran, run } from '../support.ts';
import { startMemoryStage } from './memory-stage.ts';
import { type ActingWorld, startActingWorld } from './world.ts';

let acting: ActingWorld;
let sids: readonly [string, string, string];
beforeAll(async () => {
  acting = await startActingWorld();
});
beforeEach(async () => {
  const { startConversation, write } = acting;
  const [one, two, three] = [await startConversation(), await startConversation(), await startConversation()];
  for (const sid of [one, two, three]) await write(sid, 'hello');
  sids = [one, two, three];
});
afterAll(() => acting.world.stop());

/** The one object, and the lines beside it. */
const objectOf = ({ status, out, err }: Ran) => ({ status, ...JSON.parse(out), lines: err.split('\n') });

describe('a dry run', () => {
  // With --json it said that it was one, and nothing of what would be done.
  it.each([
    ['mode off --for 30m'],
    ['mute CH --for 2h'],
    ['unmute CH'],
    ['handback CH'],
    ['forget CH'],
    ['recover --since 6h'],
    ['webhooks set'],
    ['webhooks set --level account'],
    ['webhooks unset'],
    ['doctor --fix'],
    ['dead drop --all'],
    ['dead redrive --all'],
    ['replay --since 1h --outcome stale'],
    ['templates pull'],
    ['templates push'],
  ])('of %s says the same with --json as without', async (line) => {
    const words = line.split(' ').map((word) => (word === 'CH' ? sids[0] : word));
    const text = await acting.act(...words, '--dry-run');
    const json = objectOf(await acting.act(...words, '--dry-run', '--json'));
    const end = text.out.split('\n').findIndex((each) => each.startsWith('Nothing'));
    const times = (each: string) => each.replace(/\d\d-\d\dT\S+Z/g, 'then');
    expect([json.would.map(times), json.status]).toEqual([
      text.out.split('\n').slice(0, end).map(times),
      text.status,
    ]);
    expect(json.ended).toBe(json.would.length > 0 ? 'dry_run' : 'nothing');
  });
});

describe('what fails at the second of three', () => {
  // It said what had failed, and nothing of the first, which was done.
  it('mute says which are muted, which is not and which were not tried', async () => {
    const stage = await openWorldStage(Number(new URL(acting.world.url).port));
    const key = conversationKey(sids[1]);
    const item = await stage.table.get(key);
    const version = item?.version ?? 0;
    await stage.table.put(key, { version: version + 1, expiresAt: 4e9, value: 'gone' }, version);
    const orders = sids.map((sid) => expect.stringMatching(new RegExp(`^Mute ${sid} until \\S+Z\\.$`)));
    const failed = objectOf(await acting.act('mute', ...sids, '--json'));
    expect(failed).toMatchObject({
      status: 1,
      ended: 'failed',
      error: expect.stringContaining(`The item ${sids[1]} conversation of the table holds what`),
      done: [orders[0]],
      failed: orders[1],
      notTried: [orders[2]],
      conversations: [{ conversationSid: sids[0] }],
    });
    expect(failed.lines).toEqual([
      expect.stringMatching(new RegExp(`^Done: Mute ${sids[0]}`)),
      expect.stringMatching(new RegExp(`^Failed: Mute ${sids[1]} until \\S+Z\\. The item ${sids[1]} `)),
      expect.stringMatching(new RegExp(`^Not tried: Mute ${sids[2]}`)),
    ]);
    await stage.close();
  });

  it('handback says so in lines', async () => {
    const unknown = `CH${'0'.repeat(32)}`;
    expect(await acting.act('handback', sids[0], unknown, sids[2])).toEqual({
      status: 1,
      out: [
        `Give ${sids[0]} back to the bot.`,
        `Give ${unknown} back to the bot.`,
        `Give ${sids[2]} back to the bot.`,
        `${sids[0]}: the bot has it back.`,
      ].join('\n'),
      err: [
        `Done: Give ${sids[0]} back to the bot.`,
        `Failed: Give ${unknown} back to the bot. There is no conversation ${unknown} in the account of local: it may be another stage's, or was deleted.`,
        `Not tried: Give ${sids[2]} back to the bot.`,
      ].join('\n'),
    });
  });

  it('one alone says what has failed, and no more', async () => {
    const unknown = `CH${'0'.repeat(32)}`;
    const { status, err } = await acting.act('handback', unknown);
    expect([status, err]).toEqual([1, expect.stringMatching(/^There is no conversation/)]);
  });
});

describe('parley recover', () => {
  const VALUES = { dryRun: false, yes: true, reason: 'a test', json: false };

  it('says that the mark was set back where the look fails then', async () => {
    const { stage, bot } = await startMemoryStage();
    const printed: string[] = [];
    const print = (line: string) => printed.push(line);
    const reconcile = () => Promise.reject(new ItemBusyError('parley', 'looks', 10));
    const since = () => bot.time.now - 3_600_000;
    const status = await recoverIn(
      { ...stage, reconcile },
      { ...VALUES, since },
      { cwd: '.', out: print, err: print },
    );
    expect([status, printed.slice(-2)]).toEqual([
      1,
      [
        expect.stringMatching(
          /^Done: Set the mark back to \S+Z\.$|^Done: Set the mark back to \S+Z, from \S+Z\.$/,
        ),
        expect.stringMatching(/^Failed: Look at all conversations, .* The item parley looks /),
      ],
    ]);
  });

  // It was `replay --since <time>`, which no shell takes.
  it('names the command that answers what was too old, as it can be pasted', async () => {
    const { stage } = await startMemoryStage();
    const fields = { messageSid: `IM${'1'.repeat(32)}`, conversationSid: `CH${'1'.repeat(32)}` };
    const find = async () => [{ at: 0, function: 'reconcile', fields } as const];
    const getOf = stage.table.get;
    const get = async <T>(key: Parameters<typeof getOf>[0]) =>
      key.pk === fields.conversationSid
        ? {
            version: 1,
            expiresAt: 4e9,
            value: { eventType: 'x', parts: [], finished: { outcome: 'stale', at: 0 } } as T,
          }
        : getOf<T>(key);
    const printed: string[] = [];
    const print = (line: string) => printed.push(line);
    const found = {
      ...stage,
      logs: { find },
      table: { ...stage.table, get },
      reconcile: async () => ({ found: 1, finished: true }),
    };
    const began = stage.clock.now();
    await recoverIn(found, { ...VALUES, since: undefined }, { cwd: '.', out: print, err: print });
    const [, line = '', since = ''] =
      /All the same: (npx parley replay --since (\S+) --outcome stale --stage local)$/.exec(
        printed.at(-1) ?? '',
      ) ?? [];
    expect(await misunderstood(line)).toBeUndefined();
    expect(began - Date.parse(since)).toBeGreaterThanOrEqual(0);
    expect(began - Date.parse(since)).toBeLessThan(120_000);
  });
});

describe('parley status', () => {
  // What did not arrive was on the dashboard only.
  it('counts what was not delivered, by Twilio’s code, and names the command that explains the latest', async () => {
    const { world, act } = acting;
    const { port } = new URL(world.url);
    const look = (...words: readonly string[]) => run([...words, '--stage', 'local', '--port', port]);
    await act('webhooks', 'set');
    world.service.faults.arm({ kind: 'delivery-failure', errorCode: 63016 });
    const conversationSid = await acting.startConversation();
    await acting.write(conversationSid, 'hello');
    world.service.timeline.move(60_000);
    await world.idle();
    const { out } = await look('status');
    expect(out).toMatch(/^undelivered +1 +1$/m);
    expect(out).toMatch(
      new RegExp(
        `^  by Twilio's code: 63016 1\\. Next: npx parley explain IM\\w{32} ${conversationSid} --stage local --port ${port}$`,
        'm',
      ),
    );
    const { last60, lastUndelivered } = JSON.parse((await look('status', '--json')).out);
    expect(last60.undelivered).toEqual({ '30007': 0, '63016': 1, other: 0 });
    const explained = await look('explain', lastUndelivered.messageSid);
    expect(explained.out).toContain('Its answer was not delivered (63016).');
  });
});
