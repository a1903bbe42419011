import { plural } from '../../cli/plural.ts';
import { formatProblem } from '../../lib/rules/compile/problem.ts';
import type { RulesRead } from '../page/page-event.ts';
import type { Line } from './line.ts';

/** The bot's files were read anew. */
export function describeReload({ file, problems, notes, running }: RulesRead): Line {
  const [first, ...others] = problems;
  if (first === undefined) {
    const noted = notes.length === 0 ? '' : `, with ${plural(notes.length, 'note')}`;
    const text = `${file}: ${plural(running.length, 'rule')}${noted}, from the next message on`;
    return { kind: 'reload', text, style: 'cyan' };
  }
  const said = formatProblem(first);
  // What ends with an example has no full stop.
  const stop = /[.?!]$/.test(said) ? '' : '.';
  const more = others.length === 0 ? '' : ` And ${plural(others.length, 'problem')} more.`;
  const until = running.length === 0 ? 'Nobody is answered.' : 'The last good rules answer.';
  return { kind: 'reload', text: `${said}${stop}${more} ${until}`, style: 'red' };
}
