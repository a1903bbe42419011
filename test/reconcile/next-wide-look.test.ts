import { describe, expect, it } from 'vitest';
import type { LookState } from '../../lib/reconcile/look-state.ts';
import { nextWideLook } from '../../lib/reconcile/wide-look.ts';

const NOW = Date.UTC(2026, 0, 2);
const QUARTER_MS = 900_000;
const begun = { serviceSid: 'IS2', from: '/page', upTo: 'CH1' };

function next(state: Partial<LookState>, serviceSids: readonly string[] = ['IS1', 'IS2']) {
  const known = { heldUntil: 0, deployment: '', deployedAt: 0, lookedAt: 0, signs: [], services: {} };
  return nextWideLook({ ...known, ...state }, serviceSids, NOW);
}

describe('the next wide look', () => {
  it('is none without a sign of loss', () => {
    expect(next({})).toBeUndefined();
    expect(next({ wideAt: 0 })).toBeUndefined();
  });

  it('begins with the first service where there is a sign', () => {
    expect(next({ signs: ['queue'] })).toEqual({ wide: { serviceSid: 'IS1' }, begins: true });
  });

  it('is none where there are no services', () => {
    expect(next({ signs: ['queue'] }, [])).toBeUndefined();
  });

  it('begins a quarter of an hour after the one before, and no sooner', () => {
    const signs = ['queue'];
    expect(next({ signs, wideAt: NOW - QUARTER_MS + 1 })).toBeUndefined();
    expect(next({ signs, wideAt: NOW - QUARTER_MS })).toMatchObject({ begins: true });
  });

  it('is the one that is not finished, whatever signs have come since', () => {
    const goesOn = { wide: begun, begins: false };
    expect(next({ wide: begun, wideAt: NOW })).toEqual(goesOn);
    expect(next({ wide: begun, wideAt: 0, signs: ['queue'] })).toEqual(goesOn);
  });

  it('begins anew and at once where somebody asks for it', () => {
    const anew = { wide: { serviceSid: 'IS1' }, begins: true };
    const signs = ['queue', 'asked'];
    expect(next({ signs, wideAt: NOW })).toEqual(anew);
    expect(next({ signs, wideAt: NOW, wide: begun })).toEqual(anew);
  });
});
