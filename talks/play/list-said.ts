import { render } from '../../lib/rules/actions/render.ts';
import { withoutCalls } from '../../lib/rules/actions/without-calls.ts';
import type { PlannedStep, ReplyAction, ReplyDecision, RuleBook, Share } from '../../lib/rules/types.ts';
import type { Attributes } from '../talk.ts';

/** A part of what the bot said or did, and which rule made it. */
export type Said = { readonly rule: string } & SaidPart;

type SaidPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'template'; readonly template: string; readonly variables: Attributes }
  | { readonly kind: 'media'; readonly media: string; readonly text?: string }
  | { readonly kind: 'tag'; readonly attributes: Attributes }
  | {
      readonly kind: 'handover';
      readonly forMs: number;
      readonly back: readonly string[];
      readonly invite: readonly string[];
    };

/** All that an answer says and does, in order, but for what it remembers. Whoever is invited is a part of the handover. */
export function listSaid(
  book: RuleBook,
  decision: ReplyDecision,
  context: Parameters<typeof render>[2],
): readonly Said[] {
  const stepsOf = (shares: readonly Share[]) => render(book, { ...decision, shares }, context).steps;
  const said: Said[] = [];
  const done: Share[] = [];
  let count = 0;
  for (const share of decision.shares) {
    const actions = withoutCalls(share.actions);
    for (const [place, action] of actions.entries()) {
      // What one action remembers, the next can say: so the steps of one are those that it adds to all before it.
      const steps = stepsOf([...done, { ...share, actions: actions.slice(0, place + 1) }]);
      const parts = action.kind === 'handover' ? [handoverOf(action)] : steps.slice(count).flatMap(partOf);
      said.push(...parts.map((part) => ({ rule: share.rule, ...part })));
      count = steps.length;
    }
    done.push(share);
  }
  return said;
}

function handoverOf({ forMs, back, invite }: Extract<ReplyAction, { kind: 'handover' }>): SaidPart {
  return { kind: 'handover', forMs, back, invite };
}

function partOf(step: PlannedStep): readonly SaidPart[] {
  switch (step.kind) {
    case 'text':
      return [{ kind: 'text', text: step.Body }];
    case 'template':
      return [{ kind: 'template', template: step.template, variables: step.ContentVariables }];
    case 'media':
      return [
        { kind: 'media', media: step.MediaSid, ...(step.Body === undefined ? {} : { text: step.Body }) },
      ];
    case 'tag':
      return [{ kind: 'tag', attributes: step.attributes }];
    case 'invite':
      return [];
  }
}
