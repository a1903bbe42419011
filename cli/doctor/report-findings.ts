import { DONE, FAILED, type Terminal } from '../command.ts';
import type { Finding } from './check.ts';

const MARKS = { warning: '!', problem: '✖', unseen: '·' } as const;

/**
 * Says what was found of one thing, for a command of its own.
 *
 * @param good what is said where nothing was found
 * @param facts what else `--json` prints
 * @returns the exit status
 */
export function reportFindings(
  findings: readonly Finding[],
  { json }: { readonly json: boolean },
  { out }: Pick<Terminal, 'out'>,
  { good, facts = {} }: { readonly good: string; readonly facts?: object },
): number {
  if (json) {
    const shown = findings.map(({ grade, says, fix = null }) => ({ grade, says, fix }));
    out(JSON.stringify({ findings: shown, ...facts }));
  } else {
    for (const { grade, says, fix } of findings) {
      out(`${MARKS[grade]} ${says}`);
      if (fix !== undefined) out(`  Next: ${fix}`);
    }
    if (findings.length === 0) out(good);
  }
  return findings.some(({ grade }) => grade === 'problem') ? FAILED : DONE;
}
