import { describe, expect, it } from 'vitest';
import { asksNow, beginsRound, type LookState, takeTurn } from '../../lib/reconcile/look-state.ts';
import type { Asked } from '../../lib/reconcile/reconcile-ports.ts';
import { LOOKS_KEY, SINCE_KEY } from '../../lib/record/keys.ts';
import { quietPorts } from './quiet-ports.ts';

const MINUTE = 60_000;
const { clock: noon } = quietPorts();
const NOW = noon.now();

/** Of a run a minute ago, after which nothing is left to do. */
const RESTING: LookState = {
  heldUntil: 0,
  deployment: 'this one',
  deployedAt: NOW - 60 * MINUTE,
  lookedAt: NOW - MINUTE,
  signs: ['queue'],
  services: { IS1: { newest: { at: 1, latest: [] } }, IS2: {} },
};

async function scene(state?: Partial<LookState>, over: Parameters<typeof quietPorts>[0] = {}) {
  const quiet = quietPorts(over);
  const value = { ...RESTING, ...state };
  if (state !== undefined) await quiet.store.put(LOOKS_KEY, { version: 7, expiresAt: NOW, value }, undefined);
  const stored = () => quiet.store.get<LookState>(LOOKS_KEY);
  return { ...quiet, stored, turn: () => takeTurn(quiet.ports) };
}

describe('a turn', () => {
  it('is not taken where nothing is due', async () => {
    const { turn, stored } = await scene({});
    expect(await turn()).toBeUndefined();
    expect((await stored())?.version).toBe(7);
  });

  it.each<[what: string, state: Partial<LookState>]>([
    ['a round is due', { lookedAt: NOW - 5 * MINUTE }],
    ['a round is not finished', { round: { at: NOW, since: NOW } }],
    ['a wide look is not finished', { wide: { serviceSid: 'IS1' } }],
    [
      'the new conversations of one service are not all listed',
      {
        services: {
          ...RESTING.services,
          IS3: { newest: { at: 1, latest: [], listing: { at: 1, latest: [], from: '/' } } },
        },
      },
    ],
  ])('is taken where %s', async (_, state) => {
    const { turn } = await scene(state);
    expect((await turn())?.state).toEqual({ ...RESTING, ...state });
  });

  it('holds the state for as long as the run may last, and five seconds', async () => {
    const { turn, stored } = await scene({ lookedAt: 0 }, { remainingMs: () => 50_000 });
    await turn();
    const held = { ...RESTING, lookedAt: 0, heldUntil: NOW + 55_000 };
    expect(await stored()).toMatchObject({ version: 8, value: held });
  });

  it('is not taken from a run that is at it, whatever is due, until its time is over', async () => {
    const due = { lookedAt: 0, wide: { serviceSid: 'IS1' } };
    const { turn: early } = await scene({ ...due, heldUntil: NOW + 1 });
    expect(await early()).toBeUndefined();
    const { turn: late } = await scene({ ...due, heldUntil: NOW });
    expect(await late()).toBeDefined();
  });

  it.each(['now', 'everywhere'] as const)('is taken at once by whoever asks for a look %s', async (asked) => {
    const { turn } = await scene({ heldUntil: NOW + 1 }, { asked });
    expect(await turn()).toBeDefined();
  });

  it('goes to one of two runs that come at once', async () => {
    const { turn } = await scene({ lookedAt: 0 });
    const turns = await Promise.all([turn(), turn()]);
    expect(turns.map((one) => one !== undefined)).toEqual([true, false]);
  });
});

describe('a turn that is given back', () => {
  it('leaves what is handed on to the next run, held by nobody, for a week', async () => {
    const { turn, stored } = await scene({ lookedAt: 0 });
    const taken = await turn();
    const next = { ...RESTING, signs: [], lookedAt: NOW, heldUntil: NOW + 9 };
    expect(await taken?.giveBack(next)).toBe(true);
    const value = { ...next, heldUntil: 0 };
    expect(await stored()).toEqual({ version: 9, expiresAt: NOW / 1_000 + 7 * 86_400, value });
  });

  it('saves nothing where another run has taken it', async () => {
    const { ports, turn, stored } = await scene({ lookedAt: 0 });
    const first = await turn();
    const second = await takeTurn({ ...ports, asked: 'now' });
    expect(await first?.giveBack({ ...RESTING, signs: ['mine'] })).toBe(false);
    expect(await second?.giveBack(RESTING)).toBe(true);
    expect((await stored())?.value).toEqual(RESTING);
  });
});

describe('the first turn', () => {
  const first = { heldUntil: 0, deployedAt: NOW, lookedAt: NOW - 5 * MINUTE, signs: [], services: {} };

  it('of an installation looks at the last five minutes, and sees no deployment behind it', async () => {
    const { turn, stored } = await scene();
    expect((await turn())?.state).toEqual({ ...first, deployment: 'this one' });
    expect((await stored())?.version).toBe(1);
  });

  it('after a version that kept nothing of this sees a deployment', async () => {
    const { store, turn } = await scene();
    await store.put(SINCE_KEY, { version: 1, expiresAt: NOW, value: { since: 0 } }, undefined);
    expect((await turn())?.state).toEqual({ ...first, deployment: '' });
  });
});

describe('a round', () => {
  const begins = (asked: Asked, state: Partial<LookState>) =>
    beginsRound({ asked }, { ...RESTING, ...state }, NOW);
  const unfinished = { round: { at: NOW, since: NOW }, lookedAt: 0 };

  it('begins where it is due, and the one before is finished', () => {
    expect(begins('schedule', { lookedAt: NOW - 5 * MINUTE })).toBe(true);
    expect(begins('schedule', {})).toBe(false);
    expect(begins('alarm', unfinished)).toBe(false);
  });

  it('begins for whoever asks for a look, though it is not due or the one before is not finished', () => {
    for (const asked of ['now', 'everywhere'] as const) {
      expect([begins(asked, {}), begins(asked, unfinished)]).toEqual([true, true]);
    }
  });
});

it('a look is asked for by whoever says "now" or "everywhere", not by the schedule or an alarm', () => {
  const all: readonly Asked[] = ['schedule', 'alarm', 'now', 'everywhere'];
  expect(all.map((asked) => asksNow({ asked }))).toEqual([false, false, true, true]);
});
