import type { Mode } from '../../lib/guards/guard.ts';
import type { ModeItem } from '../../lib/record/mode.ts';
import { DONE, defineCommand, MISUSED, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { option } from '../option.ts';
import { changeEach } from '../stage/change-each.ts';
import { withStage } from '../stage/open-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { type ChangeValues, changeOptions, stageOptions } from '../stage/stage-options.ts';
import { deployLine, parleyLine } from '../stage/suggest.ts';
import { tellChanged } from '../stage/tell-changed.ts';
import { durationUpTo, oneOf, showMoment } from '../values.ts';

const DAY_MS = 86_400_000;

/** `parley mode [live|dry-run|off]`: the stop button */
export const mode = defineCommand({
  name: 'mode',
  summary: 'Stop the bot, or let it speak again; without a word, say which mode holds.',
  operands: { mode: option('live, dry-run or off', oneOf('mode', ['live', 'dry-run', 'off'])) },
  options: {
    for: option('how long; then it is live again by itself', durationUpTo(30 * DAY_MS, '30d')),
    ...stageOptions,
    ...changeOptions,
  },
  examples: [
    ['parley mode off --stage prod --reason "wrong prices"', 'stop it within ten seconds; nothing is lost'],
    [
      'parley mode dry-run --for 30m --stage prod --reason "new rules"',
      'decide, send nothing, and go on by itself',
    ],
    ['parley mode live --stage prod --reason "prices are right"', 'let it speak again'],
    ['parley mode --stage prod', 'say which mode holds'],
  ],
  exits: { done: 'it is set, or shown', failed: 'somebody said no' },
  run: async (values, terminal) => {
    if (values.for !== undefined && (values.mode ?? 'live') === 'live') {
      throw new CommandError(
        MISUSED,
        '--for goes with dry-run and off: the bot is live until somebody stops it.',
      );
    }
    return withStage(values, (stage) => setModeIn(stage, values, terminal));
  },
});

type Values = ChangeValues & {
  readonly mode: Mode | undefined;
  readonly for: number | undefined;
  readonly json: boolean;
};

/** What `mode` does in a stage that is open. */
export async function setModeIn(stage: Stage, values: Values, terminal: Terminal): Promise<number> {
  const { saveMode } = await import('../../lib/record/mode.ts');
  if (values.mode === undefined) return show(stage, values, terminal);
  const { mode } = values;
  const until = values.for === undefined ? undefined : stage.clock.now() + values.for;
  const before = await readItem(stage);
  const changed = await changeEach(stage, values, terminal, {
    command: 'mode',
    steps: [
      {
        order: `Set the mode to ${mode}${until === undefined ? '' : ` until ${shown(until)}`}.`,
        act: async (reason) =>
          saveMode(
            { store: stage.table, clock: stage.clock },
            { mode, reason, by: await stage.operator(), ...(until === undefined ? {} : { until }) },
          ),
      },
    ],
  });
  if (changed.ended === 'done') return show(stage, values, terminal, before.item);
  return tellChanged(changed, values, terminal);
}

async function readItem({ table }: Stage) {
  const { MODE_KEY } = await import('../../lib/record/keys.ts');
  const { isModeItem } = await import('../../lib/record/mode.ts');
  const stored = (await table.get<ModeItem>(MODE_KEY))?.value;
  return { stored, item: isModeItem(stored) ? stored : undefined };
}

/** @param before what was set until a moment ago */
async function show(
  stage: Stage,
  { json }: Pick<Values, 'json'>,
  { out }: Terminal,
  before?: ModeItem,
): Promise<number> {
  const { rulesOf } = await import('../evidence/rules-of.ts');
  const { modeAt, stricterMode } = await import('../../lib/record/mode.ts');
  const { stored, item } = await readItem(stage);
  const pressed = modeAt(stored, stage.clock.now());
  const setting = rulesOf(stage).mode;
  const holds = stricterMode(setting, pressed);
  const { until, reason, by, at } = item ?? {};
  // One that ended by itself still stands there.
  const quiet = holds === 'live' ? (before ?? item) : setting === 'live' ? item : undefined;
  const next = holds === 'live' && (quiet?.mode ?? 'live') === 'live' ? undefined : replayLine(stage, quiet);
  if (json) {
    const own = pressed === 'live' || item === undefined ? {} : { until: until ?? null, reason, by, at };
    out(JSON.stringify({ ended: 'done', mode: holds, setting, pressed, ...own, ...(next && { next }) }));
    return DONE;
  }
  out(`The bot is ${holds}.`);
  if (pressed !== 'live' && item === undefined) {
    out('  what was set cannot be read, and counts as off: set it again');
  } else if (pressed !== 'live') {
    out(`  set to ${pressed} by ${by ?? 'somebody'} at ${shown(at)}: ${reason ?? 'no reason was given'}`);
    out(until === undefined ? '  until somebody says live' : `  until ${shown(until)}`);
  }
  if (setting !== 'live') {
    out(`  BOT_MODE is ${setting}, and the stricter of the two holds; it is set by ${deployLine(stage)}`);
  }
  if (next !== undefined) {
    const recorded = 'What comes meanwhile is recorded. Afterwards it can be answered:';
    out(holds === 'live' ? 'What came meanwhile can be answered:' : recorded);
    out(`  ${next}`);
  }
  return DONE;
}

/** Since when the bot was quiet by a setting nobody has noted: since there are records. */
function replayLine(stage: Stage, item: ModeItem | undefined): string {
  const quietSince = Number(item?.since ?? item?.at);
  const since = isTime(quietSince) ? showMoment(quietSince) : '30d';
  return parleyLine(`replay --since ${since} --outcome off,dry_run`, stage);
}

/** What stands in the table may be no time. */
function shown(at: unknown): string {
  return isTime(Number(at)) ? new Date(Number(at)).toISOString() : 'an unknown time';
}

function isTime(at: number): boolean {
  return !Number.isNaN(new Date(at).getTime());
}
