import type { RunningRule } from '../../running-rule.ts';
import { CopyPlace } from '../ui/copy.tsx';

/** Each rule: what it waits for, what it does, and where it stands. */
export function RuleList({ rules, file }: { readonly rules: readonly RunningRule[]; readonly file: string }) {
  return (
    <ol class="running">
      {rules.map(({ id, line, asks, does }) => (
        <li key={id}>
          <div class="rule-head">
            <code>{id}</code>
            {line !== undefined && <CopyPlace place={`${file}:${line}`}>line {line}</CopyPlace>}
          </div>
          <p class="quiet">
            {asks.length === 0 && 'whatever nothing above takes'}
            {asks.map(([name, wanted]) => (
              <span key={name} class="ask">
                {name} <span class="mono">{wanted}</span>
              </span>
            ))}
          </p>
          {does.map((one, place) => (
            <p key={place} class="does">
              {one}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}
