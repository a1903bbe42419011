import { FAILED, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';

/**
 * Goes on where somebody agrees, or `--yes` has said so before.
 *
 * @param why what there is to agree to, in one sentence
 * @throws CommandError when they do not, and where nobody can be asked
 */
export async function confirm(why: string, yes: boolean, { ask }: Pick<Terminal, 'ask'>): Promise<void> {
  if (yes) return;
  if (ask === undefined) {
    throw new CommandError(
      FAILED,
      `${why} Nobody can be asked here: look at it, and add --yes. Nothing was changed.`,
    );
  }
  const answer = await ask(`${why} Go on? (y/N) `);
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new CommandError(FAILED, 'Nothing was changed.');
}
