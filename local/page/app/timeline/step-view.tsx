import type { Step } from '../model/model.ts';
import { formatLater } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { describeStep } from './describe-step.ts';
import { StepDetails } from './step-details.tsx';

/** One thing that happened: what and how it went at a glance, everything when opened. */
export function StepView({ step, start }: { readonly step: Step; readonly start: number }) {
  const { icon, tone, title, note } = describeStep(step);
  return (
    <li class={`step ${tone}`}>
      <span class="step-icon">
        <Icon name={icon} />
      </span>
      <details open={isTelling(step)}>
        <summary>
          <span class="step-title">{title}</span>
          <span class="step-note">{note}</span>
          <time class="quiet mono">{formatLater(step.at - start)}</time>
        </summary>
        <div class="step-body">
          <StepDetails step={step} start={start} />
        </div>
      </details>
    </li>
  );
}

/** What people come for: which rule, and why not when there is no answer. */
function isTelling(step: Step): boolean {
  if (step.kind === 'decision') {
    return step.event.EventType === 'onMessageAdded' || step.decision.outcome !== 'no_rule';
  }
  return step.kind === 'finished' && step.why !== undefined;
}
