import type { TextTemplate } from '../../../../lib/rules/render/text-template.ts';
import type { Considered, Decision, ReplyAction } from '../../../../lib/rules/types.ts';
import { Icon } from '../ui/icon.tsx';
import { Pairs } from './pairs.tsx';

/** Every rule that was asked and why it matched or not. */
export function DecisionDetails({ decision }: { readonly decision: Decision }) {
  const { considered } = decision;
  const last = considered.findIndex(({ matched }) => matched);
  const asked = last === -1 ? considered : considered.slice(0, last + 1);
  const rest = considered.length - asked.length;
  return (
    <>
      {decision.outcome === 'suppressed' && decision.guard && <p>No rule was asked.</p>}
      <ol class="considered">
        {groupByReason(asked).map(([first, ...others]) => (
          <ConsideredView key={first.rule} considered={first} others={others} />
        ))}
      </ol>
      {rest > 0 && <p class="quiet">{rest} more, not asked: the first match wins.</p>}
      {decision.outcome === 'reply' && (
        <>
          <Pairs title="Taken from the message" pairs={Object.entries(decision.match)} />
          {decision.actions.map((action, index) => (
            <ActionView key={index} action={action} />
          ))}
        </>
      )}
    </>
  );
}

type Group = [first: Considered, ...others: Considered[]];

/** Neighbours that fail for the same reason say it once. */
function groupByReason(considered: readonly Considered[]): readonly Group[] {
  const groups: Group[] = [];
  for (const one of considered) {
    const group = groups.at(-1);
    if (group !== undefined && group[0].why === one.why && !one.matched) group.push(one);
    else groups.push([one]);
  }
  return groups;
}

function ConsideredView(props: { readonly considered: Considered; readonly others: readonly Considered[] }) {
  const { considered, others } = props;
  const { rule, matched, why } = considered;
  return (
    <li class={matched ? 'matched' : ''}>
      <Icon name={matched ? 'check' : 'cross'} />
      <span class="unseen">{matched ? 'Matched: ' : 'Not matched: '}</span>
      <code>{[rule, ...others.map((other) => other.rule)].join(', ')}</code> <span class="why">{why}</span>
    </li>
  );
}

function ActionView({ action }: { readonly action: ReplyAction }) {
  switch (action.kind) {
    case 'text':
      return <Pairs title="Sends a text" pairs={[['Body', written(action.Body)]]} />;
    case 'template': {
      const variables = Object.entries(action.ContentVariables).map(
        ([name, value]) => [`{{${name}}}`, written(value)] as const,
      );
      return (
        <Pairs
          title={`Sends the template ${action.template}`}
          pairs={[['ContentSid', action.ContentSid], ...variables]}
        />
      );
    }
    case 'media':
      return <Pairs title="Sends media" pairs={[['MediaSid', action.MediaSid]]} />;
  }
}

/** As it stands in the rules file. */
function written(template: TextTemplate): string {
  return template.map((part) => (typeof part === 'string' ? part : `{{ ${part.path} }}`)).join('');
}
