import type { Considered } from '../../../../lib/rules/types.ts';
import { formatCount } from '../ui/format.ts';

/** Every rule that did not answer: why those that were asked did not match, by what they asked for, and the rest. */
export function OtherRules(props: {
  readonly failed: readonly Considered[];
  readonly unasked: readonly Considered[];
  /** Shown at once. */
  readonly open: boolean;
}) {
  const { failed, unasked, open } = props;
  if (failed.length + unasked.length === 0) return null;
  const counts = [
    ...(failed.length > 0 ? [`${formatCount(failed.length, 'rule')} did not match`] : []),
    ...(unasked.length > 0 ? [`${unasked.length} not asked`] : []),
  ];
  return (
    <details class="others" open={open}>
      <summary>{counts.join(', ')}</summary>
      <dl>
        {[...groupByReason(failed)].map(([reason, group]) => (
          <div key={reason}>
            <dt>{reason}</dt>
            <dd>
              <Failures failed={group} />
            </dd>
          </div>
        ))}
        {unasked.length > 0 && (
          <div>
            <dt>Not asked: the first match wins</dt>
            <dd>
              <code>{unasked.map(({ rule }) => rule).join(', ')}</code>
            </dd>
          </div>
        )}
      </dl>
    </details>
  );
}

function Failures({ failed }: { readonly failed: readonly Failed[] }) {
  if (failed.every(({ detail }) => detail === '')) {
    return <code>{failed.map(({ rule }) => rule).join(', ')}</code>;
  }
  return (
    <ul>
      {failed.map(({ rule, detail }) => (
        <li key={rule}>
          <code>{rule}</code> {detail}
        </li>
      ))}
    </ul>
  );
}

interface Failed {
  readonly rule: string;
  /** What it asked for. */
  readonly detail: string;
}

/** What begins alike says that once: `keyword: the message is none of`, then what each rule asked for. */
function groupByReason(failed: readonly Considered[]): ReadonlyMap<string, readonly Failed[]> {
  const groups = new Map<string, Failed[]>();
  for (const { rule, why } of failed) {
    const detail = /["/].*/s.exec(why)?.[0] ?? '';
    const reason = why.slice(0, why.length - detail.length).trim();
    groups.set(reason, [...(groups.get(reason) ?? []), { rule, detail }]);
  }
  return groups;
}
