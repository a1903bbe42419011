import type { Style, Terminal } from '../command.ts';
import { plural } from '../plural.ts';
import type { Finding } from './check.ts';
import type { Examined } from './examine.ts';
import type { Looked } from './look-at.ts';

const MARKS = { good: '✔', warning: '!', problem: '✖', unseen: '·' } as const;
const STYLES: Readonly<Record<Finding['grade'], Style>> = {
  problem: 'red',
  warning: 'yellow',
  unseen: 'dim',
};

/** The doctor's list for people, and how it ended. */
export function showExamined({ rooms, leftOut, requests }: Examined, { out, paint }: Terminal): void {
  const colour = paint ?? ((_style: Style, text: string) => text);
  const width = Math.max(...rooms.flatMap(([, looked]) => looked.map(({ check }) => check.id.length)));
  for (const [name, looked] of rooms) {
    out(name);
    for (const one of looked) for (const line of linesOf(one, width, colour)) out(line);
  }
  if (leftOut > 0) out(`${plural(leftOut, 'check')} of what only AWS has: left out for the local world.`);
  const all = rooms.flatMap(([, looked]) => looked);
  const count = (grade: Finding['grade']) =>
    all.flatMap(({ findings }) => findings).filter((one) => one.grade === grade).length;
  const good = all.filter(({ findings }) => findings.length === 0).length;
  const { aws, twilio, door } = requests;
  out(
    `${good} of ${plural(all.length, 'check')} good: ${plural(count('problem'), 'problem')}, ${plural(count('warning'), 'warning')}, ${count('unseen')} not to be seen from here.`,
  );
  out(`Requests: ${aws} to AWS, ${twilio} to Twilio, ${door} to the webhook's address. No message was sent.`);
}

function linesOf(
  { check, findings }: Looked,
  width: number,
  paint: (style: Style, text: string) => string,
): readonly string[] {
  const head = (mark: string, text: string) => ` ${mark} ${check.id.padEnd(width)}  ${text}`;
  if (findings.length === 0) return [head(paint('green', MARKS.good), check.what)];
  const indent = ' '.repeat(width + 5);
  return findings.flatMap(({ grade, says, fix }) => [
    head(paint(STYLES[grade], MARKS[grade]), says),
    ...(grade === 'unseen' ? [] : [`${indent}Why it matters: ${check.why}`]),
    ...(fix === undefined ? [] : [`${indent}Next: ${fix}`]),
  ]);
}

/** The same for a machine. */
export function examinedAsJson({ rooms, leftOut, requests }: Examined): object {
  return {
    checks: rooms.flatMap(([room, looked]) =>
      looked.map(({ check: { id, what, why }, findings }) => ({
        id,
        room,
        what,
        why,
        isGood: findings.length === 0,
        findings: findings.map(({ grade, says, fix = null, repair }) => ({
          grade,
          says,
          fix,
          repair: repair?.order ?? null,
        })),
      })),
    ),
    leftOut,
    requests,
  };
}
