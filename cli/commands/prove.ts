import { DONE, defineCommand, FAILED } from '../command.ts';
import { option } from '../option.ts';
import type { Proof } from '../prove/proof.ts';
import { withStage } from '../stage/open-stage.ts';
import { changeOptions, stageOptions } from '../stage/stage-options.ts';
import { durationUpTo } from '../values.ts';

const DAY = 86_400_000;
/** Records live for thirty days. */
const LONGEST_MS = 29 * DAY;

/** `parley prove [--since 24h] [--sample N]` */
export const prove = defineCommand({
  name: 'prove',
  summary:
    'Compare what Twilio has with what the table has, and name every message of which a promise was broken.',
  options: {
    since: option('how far back (default: 24h)', durationUpTo(LONGEST_MS, '29d')),
    sample: option('look at so many conversations only, those first in which something happened', {
      name: 'number',
      expected: 'a whole number from 1 to 100000',
      read: (given) => (/^[1-9]\d{0,4}$|^100000$/.test(given) ? Number(given) : undefined),
    }),
    yes: changeOptions.yes,
    ...stageOptions,
  },
  examples: [
    ['parley prove', 'the last 24 hours'],
    ['parley prove --since 7d --yes --stage prod', 'a week, however many requests that takes'],
    ['parley prove --sample 500 --json', 'some of a large account, for a pipeline'],
  ],
  exits: {
    done: 'nothing was lost, doubled, reordered, left without outcome, answered too late or over budget',
    failed: 'something was, and is named; or it could not be looked at',
  },
  run: async ({ since = DAY, sample, yes, ...values }, terminal) => {
    const { proveStage } = await import('../prove/prove-stage.ts');
    const { showProof } = await import('../prove/show-proof.ts');
    const proof = await withStage(values, (stage) =>
      proveStage(stage, { sinceMs: since, sample, yes, tell: terminal.err, terminal }),
    );
    if (values.json) terminal.out(JSON.stringify(toJson(proof)));
    else for (const line of showProof(proof, { given: values })) terminal.out(line);
    return proof.findings.length === 0 ? DONE : FAILED;
  },
});

/** The proof's own names, with SIDs where it has addresses. */
function toJson({ findings, unanswered, ...proof }: Proof) {
  const flat = <T extends { readonly address?: object }>({ address, ...rest }: T) => ({
    ...rest,
    ...address,
  });
  return { ...proof, findings: findings.map(flat), unanswered: unanswered.map(flat) };
}
