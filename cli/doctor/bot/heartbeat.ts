import type { LookState } from '../../../lib/reconcile/look-state.ts';
import { LOOKS_KEY } from '../../../lib/record/keys.ts';
import { parleyLine } from '../../stage/suggest.ts';
import { type Check, problem } from '../check.ts';

/** A round begins every five minutes, and may take as long. */
const MOST_MS = 15 * 60_000;

export const heartbeat: Check = {
  id: 'heartbeat',
  what: 'The reconciler has looked for lost messages in the last quarter of an hour',
  why: 'A webhook that fails is found by it, and by nobody else.',
  run: async ({ stage }) => {
    const fix = parleyLine('recover --since 1h', stage);
    const looks = await stage.table.get<LookState>(LOOKS_KEY);
    if (looks === undefined) return [problem('The reconciler has never looked for lost messages.', fix)];
    const { lookedAt, deployedAt } = looks.value;
    const ago = stage.clock.now() - Math.max(lookedAt, deployedAt);
    return ago > MOST_MS
      ? [problem(`The reconciler last looked ${Math.round(ago / 60_000)} minutes ago.`, fix)]
      : [];
  },
};
