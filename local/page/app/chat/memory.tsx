import { showTimes } from '../../../describe-decision.ts';
import { findAnswers } from '../model/find-tries.ts';
import type { Conversation } from '../model/model.ts';
import { tellMemory } from '../model/tell-memory.ts';
import { formatUntil } from '../ui/format.ts';
import { usePage } from '../ui/page-context.ts';
import { Tries } from './tries.tsx';

/** What the conversation remembers: the question that is open, and each value by its name. */
export function Memory({ conversation }: { readonly conversation: Conversation }) {
  const { model, now } = usePage();
  const { question, values } = tellMemory(model, conversation, now());
  if (question === undefined && values.length === 0) return null;
  const answers = question && findAnswers(model.rules?.rules ?? [], question.rule, conversation);
  return (
    <div class="memory">
      <dl>
        {question !== undefined && (
          <div>
            <dt>Open question</dt>
            <dd>
              {question.rule}, until {formatUntil(question.until, now())}
              {question.misses > 0 && `, missed ${showTimes(question.misses)}`}
            </dd>
          </div>
        )}
        {values.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Tries title="Answer it with:" conversation={conversation} tries={answers ?? []} />
    </div>
  );
}
