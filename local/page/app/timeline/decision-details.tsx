import type { Considered, Decision, ReplyDecision, Share } from '../../../../lib/rules/types.ts';
import { describeQuestion, wasAsked } from '../../../describe-decision.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { ActionView } from './action-view.tsx';
import { Pairs } from './pairs.tsx';

/** Every rule that was asked, why it matched or not, and what comes of it. */
export function DecisionDetails({ decision }: { readonly decision: Decision }) {
  const asked = decision.considered.filter(wasAsked);
  const rest = decision.considered.length - asked.length;
  return (
    <>
      {decision.outcome === 'suppressed' && decision.guard && <p>No rule was asked.</p>}
      <ol class="considered">
        {groupByReason(asked).map(([first, ...others]) => (
          <ConsideredView key={first.rule} considered={first} others={others} />
        ))}
      </ol>
      {rest > 0 && <p class="quiet">{rest} more, not asked: the first match wins.</p>}
      {decision.outcome === 'reply' && <AnswerView decision={decision} />}
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

function AnswerView({ decision }: { readonly decision: ReplyDecision }) {
  const { shares, question, language, readLanguage } = decision;
  const { rules } = usePage().model;
  return (
    <>
      {shares.map((share) => (
        <ShareView key={share.rule} share={share} isOneOfSeveral={shares.length > 1} />
      ))}
      {question !== undefined && <p>{describeQuestion(question, rules?.waits ?? {})}</p>}
      <p class="quiet">
        Speaks {language}
        {readLanguage !== undefined && ', as Twilio was asked which language this customer speaks'}.
      </p>
    </>
  );
}

function ShareView({ share, isOneOfSeveral }: { readonly share: Share; readonly isOneOfSeveral: boolean }) {
  const { rule, match, answer, actions, goesOnTo, continues } = share;
  const taken = [...Object.entries(match), ...(answer === undefined ? [] : [['answer', answer] as const])];
  return (
    <>
      {isOneOfSeveral && <h3>What {rule} does</h3>}
      <Pairs title="Taken from the message" pairs={taken} />
      {actions.map((action, index) => (
        <ActionView key={index} action={action} />
      ))}
      {goesOnTo !== undefined && <p>Goes on to {goesOnTo.join(', then to ')}.</p>}
      {continues && <p>Continues: the rules below it decide as well.</p>}
    </>
  );
}
