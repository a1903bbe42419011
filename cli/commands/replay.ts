import { defineCommand, FAILED, MISUSED, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { option, several, type Value } from '../option.ts';
import type { Chosen } from '../replay/find-replayable.ts';
import type { ReplayedAll } from '../replay/replay-messages.ts';
import { change, type Stopped } from '../stage/change.ts';
import { withStage } from '../stage/open-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { type ChangeValues, changeOptions, stageOptions } from '../stage/stage-options.ts';
import { explainLine } from '../stage/suggest.ts';
import { tellChanged } from '../stage/tell-changed.ts';
import { durationUpTo, moment, sidOf, wholeFrom } from '../values.ts';

const HOUR_MS = 3_600_000;
/** What may be decided anew, as commands show it. */
const OUTCOMES = ['stale', 'quarantined', 'no_rule', 'suppressed: off', 'suppressed: dry_run'];

const outcomes: Value<readonly string[]> = {
  name: 'outcomes',
  expected: `some of ${OUTCOMES.join(', ')}, separated by commas`,
  read: (given) => {
    const names = given.split(',').map((name) => name.trim());
    const known = names.flatMap((name) =>
      OUTCOMES.filter((one) => one === name || one === `suppressed: ${name}`),
    );
    return known.length === names.length ? known : undefined;
  },
};

/** `parley replay IM…`, `parley replay --since 2h --outcome stale,quarantined` */
export const replay = defineCommand({
  name: 'replay',
  summary: 'Decide messages anew that have ended without an answer, and answer them now.',
  operands: { messages: several('messages of customers', sidOf('IM', 'a message')) },
  options: {
    since: option('all that came since then, with --outcome', moment),
    outcome: option('how they ended', outcomes),
    rate: option('how many a second', wholeFrom(1, 100), 5),
    answerFor: option(
      'for how long from now they may be answered (default: 1h)',
      durationUpTo(24 * HOUR_MS, '24h'),
    ),
    ...stageOptions,
    ...changeOptions,
  },
  examples: [
    ['parley replay IM00000000000000000000000000000000 --stage prod --reason "rules fixed"', 'one message'],
    [
      'parley replay --since 2h --outcome "suppressed: off" --stage prod --reason "live again"',
      'what came while the bot was off',
    ],
    ['parley replay --since 6h --outcome stale,quarantined --stage prod --dry-run', 'which they would be'],
  ],
  exits: {
    done: 'each has an outcome again',
    failed: 'one has not, or must not be replayed; the bot is off; or somebody said no',
  },
  run: async (values, terminal) => {
    const isBySid = values.messages.length > 0;
    const isByTime = values.since !== undefined && values.outcome !== undefined;
    if (isBySid === isByTime || (isBySid && (values.since ?? values.outcome) !== undefined)) {
      throw new CommandError(MISUSED, 'Expected the SIDs of messages, or both --since and --outcome.');
    }
    return withStage(values, (stage) => replayIn(stage, values, terminal));
  },
});

type Values = ChangeValues & {
  readonly messages: readonly string[];
  readonly since: ((now: number) => number) | undefined;
  readonly outcome: readonly string[] | undefined;
  readonly rate: number;
  readonly answerFor: number | undefined;
  readonly json: boolean;
};

/** What `replay` does in a stage that is open. */
export async function replayIn(stage: Stage, values: Values, terminal: Terminal): Promise<number> {
  const { findByOutcome, findBySid } = await import('../replay/find-replayable.ts');
  const { replayMessages } = await import('../replay/replay-messages.ts');
  const { whyNotAnswer } = await import('../stage/may-answer.ts');
  const whyNow = values.dryRun ? undefined : await whyNotAnswer(stage);
  if (whyNow !== undefined) throw new CommandError(FAILED, whyNow);
  const now = stage.clock.now();
  const { since, outcome = [] } = values;
  const found =
    since === undefined
      ? await findBySid(stage, values.messages)
      : await findByOutcome(stage, since(now), outcome);
  const refused = found.filter(({ whyNot }) => whyNot !== undefined);
  if (!values.json)
    for (const { messageSid, whyNot, next } of refused)
      terminal.err(`${messageSid} is left: ${whyNot}.${next === undefined ? '' : ` Next: ${next}`}`);
  const chosen = found.filter(({ whyNot }) => whyNot === undefined);
  const changed = await change(stage, values, terminal, {
    command: 'replay',
    items: chosen.map(orderFor),
    act: async () => {
      const { replayed, failure } = await replayMessages(stage, chosen, {
        answerUntil: now + (values.answerFor ?? HOUR_MS),
        rate: values.rate,
        ends: terminal.cancel?.(),
        onProgress: (done) =>
          terminal.err(`${done} on the queue; it goes on. Ctrl-C leaves the rest as it is.`),
      });
      return { result: replayed, stopped: failure && stoppedAt(chosen, replayed, failure) };
    },
  });
  const replayed = 'result' in changed ? changed.result : [];
  if (!values.json) {
    for (const { messageSid, conversationSid, outcome: ended, whyNot } of replayed) {
      const more = `not answered yet. Next: ${explainLine(messageSid, { conversationSid }, stage)}`;
      terminal.out(`${messageSid}: ${ended ?? whyNot ?? more}`);
    }
    if (replayed.length < chosen.length && changed.ended === 'done')
      terminal.out('It was ended before it was through. Run it again for the rest.');
  }
  const messages = [...replayed, ...refused.map((one) => ({ ...one, outcome: null }))];
  const status = tellChanged(changed, values, terminal, { messages });
  const isWhole =
    changed.ended !== 'done' ||
    (replayed.length === chosen.length && replayed.every(({ outcome: ended }) => ended !== null));
  return isWhole && refused.length === 0 ? status : FAILED;
}

function orderFor({ messageSid, conversationSid, was }: Chosen): string {
  return `Decide ${messageSid} in ${conversationSid} anew (${was}).`;
}

function stoppedAt(
  chosen: readonly Chosen[],
  replayed: readonly Chosen[],
  { at, error }: NonNullable<ReplayedAll['failure']>,
): Stopped {
  const over = new Set(replayed.map(({ messageSid }) => messageSid));
  const rest = chosen.filter((one) => one !== at && !over.has(one.messageSid));
  return {
    done: chosen.filter(({ messageSid }) => over.has(messageSid)).map(orderFor),
    failed: at === undefined ? 'Wait for what becomes of them.' : orderFor(at),
    error,
    notTried: rest.map(orderFor),
  };
}
