import { isMessage } from '../actions/is-message.ts';
import type { CheckedFile, PlacedAnswer } from './checked-file.ts';
import { listWays } from './list-ways.ts';

/** Notes a handover that nobody notices: the customer is told nothing, and nobody is invited. */
export function checkHandover(file: CheckedFile): void {
  const noted = new Set<PlacedAnswer>();
  for (const { steps } of listWays(file)) {
    const actions = steps.flatMap(({ then }) => (then === 'ignore' ? [] : then.actions));
    if (actions.some((action) => isMessage(action) || action.kind === 'call')) continue;
    for (const step of steps) {
      const place = step.then === 'ignore' ? -1 : step.then.actions.findIndex(isSilent);
      if (place === -1 || noted.has(step)) continue;
      noted.add(step);
      step
        .at(place)
        .at('handover')
        .note(
          'Nobody learns of this handover: nothing is said before it, and nobody is invited. Say that a person will ' +
            'answer, or add "invite" with the identities of those who do.',
        );
    }
  }
}

function isSilent(action: { readonly kind: string; readonly invite?: readonly string[] }): boolean {
  return action.kind === 'handover' && action.invite?.length === 0;
}
