import type { MessageRecord, OtherStep } from '../../../../lib/record/message-record.ts';
import type { Decision } from '../../../../lib/rules/types.ts';
import type { PartStep } from './model.ts';

/**
 * What an answer did besides its messages, in order. A finished record says no more of it than its kind; of what, the
 * decision says, which has as many of each.
 */
export function partSteps(
  { parts }: Pick<MessageRecord, 'parts'>,
  decision: Decision | undefined,
  at: number,
): readonly PartStep[] {
  const subjects = { tag: tagsOf(decision), invite: invitesOf(decision) };
  const seen = { tag: 0, invite: 0 };
  return parts.flatMap(({ step, refused }) => {
    if (step === undefined) return [];
    const { kind } = step satisfies Pick<OtherStep, 'kind'>;
    const what = subjects[kind][seen[kind]];
    seen[kind] += 1;
    return { kind: 'part', at, does: kind, what, refused } as const;
  });
}

function actionsOf(decision: Decision | undefined) {
  return decision?.outcome === 'reply' ? decision.shares.flatMap(({ actions }) => actions) : [];
}

function tagsOf(decision: Decision | undefined): readonly string[] {
  return actionsOf(decision).flatMap((action) =>
    action.kind === 'tag' ? [Object.keys(action.attributes).join(', ')] : [],
  );
}

function invitesOf(decision: Decision | undefined): readonly string[] {
  return actionsOf(decision).flatMap((action) => (action.kind === 'handover' ? action.invite : []));
}
