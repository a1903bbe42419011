import type { Problem } from '../../../../lib/rules/compile/problem.ts';
import { formatCount } from '../ui/format.ts';
import { usePage } from '../ui/page-context.ts';
import { Panel } from '../ui/panel.tsx';

/** Which rules run, and what is wrong with the file if they are not its own. */
export function RulesPanel() {
  const { rules } = usePage().model;
  if (rules === undefined) return null;
  const { file, problems, notes, running } = rules;
  const broken = problems.length > 0;
  return (
    <Panel
      id="rules"
      icon={broken ? 'alert' : 'rules'}
      title="Rules"
      label={broken ? formatCount(problems.length, 'problem') : formatCount(running.length, 'rule')}
      tone={broken ? 'bad' : 'good'}
    >
      <p>
        <code>{broken ? filesOf(problems) : file}</code>
        {broken
          ? ` cannot be used. ${running.length === 0 ? 'Nobody is answered until it is good.' : 'The last good rules keep running.'}`
          : ' is good, and is read again when it changes.'}
      </p>
      {broken && <ProblemList problems={problems} />}
      {notes.length > 0 && (
        <>
          <h3>Worth knowing</h3>
          <ProblemList problems={notes} />
        </>
      )}
      <h3>Running now, first match wins</h3>
      <ol class="running">
        {running.map((id) => (
          <li key={id}>
            <code>{id}</code>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** What is broken may be the code beside the rules. */
export function filesOf(problems: readonly Problem[]): string {
  return [...new Set(problems.map(({ file }) => file))].join(', ');
}

export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <ul class="problems">
      {problems.map(({ file, line, column, message }) => (
        <li key={`${file}:${line}:${column}:${message}`}>
          <code>
            {file}:{line}:{column}
          </code>{' '}
          {message}
        </li>
      ))}
    </ul>
  );
}
