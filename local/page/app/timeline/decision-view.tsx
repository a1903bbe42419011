import type { Considered, Decision, ReplyDecision, Share } from '../../../../lib/rules/types.ts';
import { describeQuestion, wasAsked } from '../../../describe-decision.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { ActionView } from './action-view.tsx';
import { OtherRules } from './other-rules.tsx';
import { Pairs } from './pairs.tsx';

/**
 * Which rule matched and what comes of it; the others, and why they did not, are folded away.
 * @param props.would it was decided and never done
 * @param props.open the others are shown at once where none matched
 */
export function DecisionView(props: {
  readonly decision: Decision;
  readonly would: boolean;
  readonly open: boolean;
}) {
  const { decision, would, open } = props;
  const { considered } = decision;
  const matched = considered.filter((one) => one.matched);
  return (
    <div class="decided">
      {decision.outcome === 'suppressed' && decision.guard && <p>No rule was asked.</p>}
      {matched.length > 0 && (
        <ul class="considered">
          {matched.map((one) => (
            <MatchedRule key={one.rule} considered={one} />
          ))}
        </ul>
      )}
      {decision.outcome === 'ignored' && <p>It says to answer nothing.</p>}
      {decision.outcome === 'reply' && <AnswerView decision={decision} would={would} />}
      <OtherRules
        failed={considered.filter((one) => !one.matched && wasAsked(one))}
        unasked={considered.filter((one) => !wasAsked(one))}
        open={open && matched.length === 0}
      />
    </div>
  );
}

function MatchedRule({ considered: { rule, why } }: { readonly considered: Considered }) {
  return (
    <li class="matched">
      <Icon name="check" />
      <span class="unseen">Matched: </span>
      <code>{rule}</code> <span class="why">{why}</span>
    </li>
  );
}

function AnswerView(props: { readonly decision: ReplyDecision; readonly would: boolean }) {
  const { decision, would } = props;
  const { shares, question, language, readLanguage } = decision;
  const { rules } = usePage().model;
  return (
    <>
      {shares.map((share) => (
        <ShareView key={share.rule} share={share} isOneOfSeveral={shares.length > 1} would={would} />
      ))}
      {question !== undefined && !would && <p>{describeQuestion(question, rules?.waits ?? {})}</p>}
      <p class="quiet">
        {would ? 'Would speak' : 'Speaks'} {language}
        {readLanguage !== undefined && ', as Twilio was asked which language this customer speaks'}.
      </p>
    </>
  );
}

function ShareView(props: {
  readonly share: Share;
  readonly isOneOfSeveral: boolean;
  readonly would: boolean;
}) {
  const { share, isOneOfSeveral, would } = props;
  const { rule, match, answer, actions, goesOnTo, continues } = share;
  const taken = [...Object.entries(match), ...(answer === undefined ? [] : [['answer', answer] as const])];
  return (
    <>
      {isOneOfSeveral && <h3>What {rule} does</h3>}
      <Pairs title="Taken from the message" pairs={taken} />
      {actions.map((action, index) => (
        <ActionView key={index} action={action} would={would} />
      ))}
      {goesOnTo !== undefined && <p>Goes on to {goesOnTo.join(', then to ')}.</p>}
      {continues && <p>Continues: the rules below it decide as well.</p>}
    </>
  );
}
