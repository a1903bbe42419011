import { useState } from 'preact/hooks';
import type { Step, Turn } from '../model/model.ts';
import { formatLater } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { describeStep } from './describe-step.ts';
import { StepDetails } from './step-details.tsx';

/** One thing that happened: what and how it went at a glance, everything when opened. */
export function StepView({ step, turn }: { readonly step: Step; readonly turn: Turn }) {
  const { icon, tone, title, note } = describeStep(step);
  const [open, setOpen] = useState(false);
  return (
    <li class={`step ${tone}`}>
      <span class="step-icon">
        <Icon name={icon} />
      </span>
      <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span class="step-title">{title}</span>
          <span class="step-note">{note}</span>
          <time class="quiet mono">{formatLater(step.at - turn.at)}</time>
        </summary>
        {open && (
          <div class="step-body">
            <StepDetails step={step} turn={turn} />
          </div>
        )}
      </details>
    </li>
  );
}
