import { loadavg } from 'node:os';
import { quantile } from '../../bench/quantile.ts';
import { DONE, defineCommand, FAILED } from '../../cli/command.ts';
import { option } from '../../cli/option.ts';
import { runScript } from '../../cli/run-script.ts';
import { wholeFrom } from '../../cli/values.ts';
import { runLoad } from './run-load.ts';

const QUANTILES = [0.5, 0.95, 0.99];

/**
 * receive and reply run in processes of their own under AWS's runtime client, between a local Twilio, SQS and
 * DynamoDB. Every message is matched to its reply as it stands in the conversation. Absolute times drift with the
 * machine; the ratio to a handler that does nothing, invoked in between, holds better.
 */
const load = defineCommand({
  name: 'npm run load --',
  summary: 'Show how many messages a second the packaged bot answers on this machine, and how fast.',
  options: {
    seconds: option('how long', wholeFrom(1, 999_999), 120),
    rate: option(
      'messages a second; the highest that the machine holds when not given',
      wholeFrom(1, 999_999),
    ),
  },
  examples: [['npm run load -- --seconds 120 --rate 50', 'how fast it is at fifty messages a second']],
  exits: {
    done: 'every message was answered, once and in order',
    failed: 'one was refused, lost, doubled or out of order, or still waits',
  },
  run: async ({ seconds, rate }, { out }) => {
    out(`load average of the machine before: ${loadavg()[0]?.toFixed(2)}`);
    const result = await runLoad({ seconds, rate, say: out });
    const { lost, waiting, duplicated, reordered, bare, acknowledged, answered } = result;

    const table: readonly [string, readonly number[]][] = [
      ['a handler that does nothing', bare],
      ['acknowledgement', acknowledged],
      ['the whole way', answered],
    ];
    const cells = (show: (q: number) => string) => QUANTILES.map(show).join(' | ');
    out(`\n| | ${cells((q) => `p${q * 100} ms`)} | ${cells((q) => `p${q * 100} × nothing`)} |`);
    out(`|${' --- |'.repeat(1 + 2 * QUANTILES.length)}`);
    for (const [name, times] of table) {
      const ms = cells((q) => quantile(times, q).toFixed(1));
      out(`| ${name} | ${ms} | ${cells((q) => (quantile(times, q) / quantile(bare, q)).toFixed(1))} |`);
    }
    const { receive, reply, standIns } = result.processorTime;
    const share = (100 * standIns) / (receive + reply + standIns);
    out(
      `\nprocessor time of a message: receive ${receive.toFixed(2)} ms, reply ${reply.toFixed(2)} ms, ` +
        `Twilio, SQS and DynamoDB here ${standIns.toFixed(2)} ms, ${share.toFixed(0)} % of all`,
    );
    out(`${result.rate.toFixed(0)} messages a second, at most ${result.mostWaiting} of them waiting at once`);
    out(
      `messages ${result.written}, refused ${result.refused}, lost ${lost}, still waiting ${waiting}, duplicated ${duplicated}, reordered ${reordered}`,
    );
    return lost + waiting + duplicated + reordered + result.refused === 0 ? DONE : FAILED;
  },
});

await runScript(load);
