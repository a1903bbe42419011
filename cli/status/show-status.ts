import type { Stage } from '../stage/stage.ts';
import { explainLine, parleyLine } from '../stage/suggest.ts';
import { hasUndelivered, type Numbers, type Status } from './read-status.ts';

type Found = Pick<Stage, 'given'>;

/** One screen. */
export function showStatus(status: Status, now: number, found: Found): readonly string[] {
  const { stage, mode, pressed, lookedAt, wiring, last5, last60, queue, deadLetters, spooled, aws } = status;
  return [
    `stage         ${stage}${aws === undefined ? '' : `, commit ${aws.commit ?? 'not noted'}`}`,
    `mode          ${mode}${pressed === undefined ? '' : ending(pressed, now)}`,
    `heartbeat     ${lookedAt === undefined ? 'it has never looked for lost messages' : `looked for lost messages ${ago(now - lookedAt)} ago`}`,
    ...Object.entries(wiring).map(([sid, target]) => `webhooks      of ${sid}: ${TARGETS[target] ?? target}`),
    '',
    `${''.padEnd(12)}${'5 min'.padStart(8)}${'60 min'.padStart(8)}`,
    ...ROWS.map(([name, of]) => `${name.padEnd(12)}${of(last5).padStart(8)}${of(last60).padStart(8)}`),
    ...(hasUndelivered(last60) ? [notDelivered(status, found)] : []),
    '',
    `queue         ${queue.visible} visible, ${queue.inFlight} in flight, ${queue.delayed} delayed`,
    `dead letters  ${deadLetters}`,
    `spool         ${spooled}`,
    ...(aws === undefined ? [] : [`mapping       ${aws.mapping}`, `alarms        ${alarms(aws.alarms)}`]),
  ];
}

const TARGETS: Readonly<Record<string, string>> = {
  ours: 'to this stack',
  other: 'to another stack',
  unknown: 'nobody can say where they go',
};

const ROWS: readonly (readonly [name: string, of: (numbers: Numbers) => string])[] = [
  ['accepted', ({ accepted }) => String(accepted)],
  ['replied', ({ replied }) => String(replied)],
  ['found', ({ found }) => String(found)],
  ['refused', ({ refused }) => String(refused)],
  ['undelivered', ({ undelivered }) => String(Object.values(undelivered).reduce((all, n) => all + n, 0))],
  ['p95', ({ p95Ms }) => seconds(p95Ms)],
  ['  queued', ({ queuedP95Ms }) => seconds(queuedP95Ms)],
];

/** Codes, and what says more of the latest; by the code where no log names one. */
function notDelivered({ last60: { undelivered }, lastUndelivered }: Status, found: Found): string {
  const codes = Object.entries(undelivered).flatMap(([code, count]) =>
    count > 0 ? [`${code} ${count}`] : [],
  );
  const next =
    lastUndelivered === undefined
      ? parleyLine(undelivered['63016'] ? 'templates check' : 'addresses check', found)
      : explainLine(lastUndelivered.messageSid, lastUndelivered, found);
  return `  by Twilio's code: ${codes.join(', ')}. Next: ${next}`;
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? '-' : `${(ms / 1_000).toFixed(1)} s`;
}

function ending({ by, reason, until }: NonNullable<Status['pressed']>, now: number): string {
  const rest = until === undefined ? 'until somebody changes it' : `for another ${ago(until - now)}`;
  return ` by ${by}, ${rest}: ${reason}`;
}

function alarms({ all, ringing }: NonNullable<Status['aws']>['alarms']): string {
  return ringing.length === 0 ? `none of ${all} rings` : `${ringing.length} of ${all}: ${ringing.join(', ')}`;
}

function ago(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'less than 1 min';
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
