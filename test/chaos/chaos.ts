import { DONE, defineCommand, FAILED } from '../../cli/command.ts';
import { option } from '../../cli/option.ts';
import { runScript } from '../../cli/run-script.ts';
import { wholeFrom } from '../../cli/values.ts';
import { bundleWithRules, HELP, ORDER } from '../support/bundle-with-rules.ts';
import { runChaos } from './run-chaos.ts';
import { SCENARIOS } from './scenarios.ts';

/**
 * receive, reply and reconcile run as they deploy, under AWS's runtime client, with SQS, DynamoDB, Secrets Manager and
 * Twilio beside them on loopback. They are killed with SIGKILL at every call they make, before and after its effect,
 * and at random; then fresh processes go on. What counts is what stands in the customers' conversations. Reply has two
 * rules more than are shipped: one asks no service for an order, one tags and invites.
 */
const chaos = defineCommand({
  name: 'npm run chaos --',
  summary: 'Kill the packaged bot, in real processes, and show that its customers do not notice.',
  options: {
    kills: option('how many at random, beside those at each call', wholeFrom(0, 999_999_999), 500),
    seed: option('one seed is one order of kills', wholeFrom(0, 999_999_999)),
  },
  examples: [['npm run chaos -- --kills 500 --seed 1', 'half an hour of it, the same each time']],
  exits: {
    done: 'nothing was lost, doubled or reordered, and nothing still waits',
    failed: 'a customer noticed, or a moment was not reached',
  },
  run: async ({ kills, seed = Date.now() % 1_000_000 }, { out }) => {
    out(`seed ${seed}`);
    const { lost, waiting, duplicated, reordered, moments, reached, ...result } = await runChaos({
      kills,
      seed,
      scenarios: SCENARIOS,
      folders: { reply: await bundleWithRules('dist/chaos/reply', ORDER + HELP) },
      reconciler: true,
      say: out,
    });
    out(`killed at ${reached} of ${moments} moments`);
    out(
      `kills ${result.kills}, lost ${lost}, still waiting ${waiting}, duplicated ${duplicated}, reordered ${reordered}`,
    );
    return lost + waiting + duplicated + reordered === 0 && reached === moments ? DONE : FAILED;
  },
});

await runScript(chaos);
