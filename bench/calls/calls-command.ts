import { DONE, defineCommand } from '../../cli/command.ts';
import { flag, several } from '../../cli/option.ts';

const MONTHS = [10_000, 1_000_000, 100_000_000];

/** `npm run calls -- --messages 1000000` */
export const calls = defineCommand({
  name: 'npm run calls --',
  summary: 'Count at the wire what a message takes, and reckon a month.',
  options: {
    messages: several('how many messages a month; may be given again', {
      name: 'number',
      expected: 'a whole number from 1 to 999999999999',
      read: (given) => (/^[1-9]\d{0,11}$/.test(given) ? Number(given) : undefined),
    }),
    json: flag('print one object: counted and months'),
  },
  examples: [
    ['npm run calls', 'ten thousand, a million and a hundred million messages'],
    ['npm run calls -- --messages 250000', 'a month of your own'],
  ],
  exits: { done: 'it was counted', failed: 'a message was not answered' },
  run: async ({ messages, json }, { out }) => {
    const { countMessages, countReconciler } = await import('./count-calls.ts');
    const { startCountedBot } = await import('./start-counted-bot.ts');
    const { monthOf, totalOf } = await import('./month.ts');
    const { showAssumed, showCounted, showMonth } = await import('./show-calls.ts');
    const bot = await startCountedBot();
    try {
      // The reconciler first: it looks after every conversation that there is.
      const counted = { ...(await countReconciler(bot)), ...(await countMessages(bot)) };
      const months = messages.length === 0 ? MONTHS : messages;
      if (json) {
        const reckoned = months.map((each) => {
          const costs = monthOf(each, counted);
          return { messages: each, costs, dollars: totalOf(costs) };
        });
        out(JSON.stringify({ counted, months: reckoned }));
        return DONE;
      }
      out(showCounted(counted));
      for (const each of months) out(`\n${showMonth(each, counted)}`);
      out(`\n${showAssumed(counted)}`);
      return DONE;
    } finally {
      await bot.stop();
    }
  },
});
