import type { TimedRules } from '../model/model.ts';
import { formatCount, formatTime } from '../ui/format.ts';
import { usePage } from '../ui/page-context.ts';
import { Panel } from '../ui/panel.tsx';
import { filesOf, ProblemList } from './problem-list.tsx';
import { RuleList } from './rule-list.tsx';

/** Which rules run, and what is wrong with the file if they are not its own. */
export function RulesPanel() {
  const { rules } = usePage().model;
  if (rules === undefined) return null;
  const { problems, notes } = rules;
  const broken = problems.length > 0;
  return (
    <Panel
      id="rules"
      icon={broken ? 'alert' : 'rules'}
      title="Rules"
      label={labelOf(rules)}
      tone={broken ? 'bad' : notes.length > 0 ? 'warn' : 'good'}
    >
      <Rules rules={rules} />
    </Panel>
  );
}

function labelOf({ problems, notes, running }: TimedRules): string {
  if (problems.length > 0) return formatCount(problems.length, 'problem');
  const count = formatCount(running.length, 'rule');
  return notes.length === 0 ? count : `${count}, ${formatCount(notes.length, 'note')}`;
}

function Rules({ rules }: { readonly rules: TimedRules }) {
  const { file, problems, notes, running, rules: all, at } = rules;
  return (
    <>
      <p>
        <code>{problems.length > 0 ? filesOf(problems) : file}</code>, read at {formatTime(at)},{' '}
        {problems.length === 0
          ? 'is good, and is read again when it changes.'
          : `cannot be used. ${running.length === 0 ? 'Nobody is answered until it is good.' : 'The last good rules keep running.'}`}
      </p>
      {problems.length > 0 && <ProblemList problems={problems} />}
      {notes.length > 0 && (
        <section class="notes">
          <h3>Worth knowing</h3>
          <ProblemList problems={notes} />
        </section>
      )}
      <h3>Running now, first match wins</h3>
      <RuleList rules={all} file={file} />
    </>
  );
}
