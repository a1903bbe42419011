import { plural } from '../plural.ts';
import type { Stage } from '../stage/stage.ts';
import { explainLine } from '../stage/suggest.ts';
import type { Counts } from './conserve.ts';
import type { Finding } from './finding.ts';
import type { Proof, Unanswered } from './proof.ts';

/** For people: what was looked at, what became of it, what is wrong, and the command that says more of each. */
export function showProof(proof: Proof, stage: Pick<Stage, 'given'>): readonly string[] {
  const { conversations, became, unanswered, findings, counts, others, requests } = proof;
  const all = Object.values(became).reduce((sum, each) => sum + each, 0);
  return [
    ...others.map((sid) => `Twilio calls another stack for ${sid}: what is lost there is not ours to judge.`),
    ...(conversations.isSample
      ? [
          `A sample: ${conversations.looked} of at least ${plural(conversations.of, 'conversation')}. What is wrong in the others is not seen.`,
        ]
      : []),
    ...(conversations.cut > 0
      ? [`In ${plural(conversations.cut, 'conversation')} only the newest 1,000 messages were looked at.`]
      : []),
    `${plural(all, 'message')} not by the bot in ${plural(conversations.looked, 'conversation')}, from ${time(proof.span.from)} to ${time(proof.span.to)}:`,
    `  ${listed(became) || 'nothing was written'}`,
    ...(counts === undefined ? [] : showCounts(counts)),
    ...(unanswered.length === 0 ? [] : ['Not answered as it should be, and recorded so:']),
    ...unanswered
      .slice(0, MOST_SHOWN)
      .map((one) => `  ${describe(one)}  ${explainLine(one.sid, one.address, stage)}`),
    ...(unanswered.length > MOST_SHOWN
      ? [`  … and ${unanswered.length - MOST_SHOWN} more, which --json has.`]
      : []),
    findings.length === 0
      ? 'Nothing was lost, doubled, reordered, left without outcome, answered too late or over budget.'
      : `${plural(findings.length, 'finding')}:`,
    ...findings.flatMap((finding) => showFinding(finding, stage)),
    `${plural(requests, 'request')} to Twilio.`,
  ];
}

/** Of what breaks no promise. */
const MOST_SHOWN = 20;

const NAMES: Readonly<Record<Finding['kind'], string>> = {
  lost: 'lost',
  twice: 'twice',
  out_of_order: 'out of order',
  without_outcome: 'without outcome',
  too_late: 'too late',
  over_budget: 'over budget',
  miscounted: 'miscounted',
};

function showFinding({ kind, sid, address, says }: Finding, stage: Pick<Stage, 'given'>): readonly string[] {
  const line =
    sid === undefined || address === undefined ? [] : [`      ${explainLine(sid, address, stage)}`];
  return [`  ✖ ${NAMES[kind]}${sid === undefined ? '' : ` ${sid}`}: ${says}`, ...line];
}

function showCounts({ counts, mayDiffer }: Counts): readonly string[] {
  const of = (pick: 'recorded' | 'counted') =>
    listed(Object.fromEntries(counts.map((count) => [count.outcome, count[pick]]))) || 'nothing';
  return [
    'Of all events, messages or not, in those five-minute spans of it that are whole and over:',
    `  the table has    ${of('recorded')}`,
    `  metrics counted  ${of('counted')}`,
    ...(mayDiffer > 0
      ? [
          `  ${plural(mayDiffer, 'delivery', 'deliveries')} failed or lie at the edge, so they may differ by that`,
        ]
      : []),
  ];
}

function listed(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${name.replaceAll('_', ' ')} ${number}`)
    .join(', ');
}

function describe({ outcome, reason }: Unanswered): string {
  return reason === undefined ? outcome : `${outcome} (${reason})`;
}

function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
