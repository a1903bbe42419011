/**
 * Kills the packaged bot, in real processes, and shows that its customers do not notice.
 *
 *   npm run chaos -- --kills 500 --seed 1
 *
 * receive, reply and reconcile run as they deploy, under AWS's runtime client, with SQS, DynamoDB, Secrets Manager and
 * Twilio beside them on loopback. They are killed with SIGKILL at every call they make, before and after its effect,
 * and at random; then fresh processes go on. What counts is what stands in the customers' conversations. Reply has two
 * rules more than are shipped: one asks no service for an order, one tags and invites.
 */
import { parseArgs } from 'node:util';
import { bundleWithRules, HELP, ORDER } from '../support/bundle-with-rules.ts';
import { runChaos } from './run-chaos.ts';
import { SCENARIOS } from './scenarios.ts';

const options = {
  kills: { type: 'string', default: '500' },
  seed: { type: 'string', default: String(Date.now() % 1_000_000) },
} as const;
const { values } = parseArgs({ options });
const [kills, seed] = [values.kills, values.seed].map((value) => {
  if (!/^\d{1,9}$/.test(value)) throw new Error(`"${value}" is not a whole number.`);
  return Number(value);
});

const say = (line: string) => process.stdout.write(`${line}\n`);
say(`seed ${seed}`);
const result = await runChaos({
  kills: kills ?? 0,
  seed: seed ?? 0,
  scenarios: SCENARIOS,
  folders: { reply: await bundleWithRules('dist/chaos/reply', ORDER + HELP) },
  reconciler: true,
  say,
});
const { lost, waiting, duplicated, reordered, moments, reached } = result;
say(`killed at ${reached} of ${moments} moments`);
say(
  `kills ${result.kills}, lost ${lost}, still waiting ${waiting}, duplicated ${duplicated}, reordered ${reordered}`,
);
process.exitCode = lost + waiting + duplicated + reordered === 0 && reached === moments ? 0 : 1;
