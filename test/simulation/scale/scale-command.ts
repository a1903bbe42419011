import { DONE, defineCommand, FAILED } from '../../../cli/command.ts';
import { flag, option } from '../../../cli/option.ts';
import { wholeFrom } from '../../../cli/values.ts';
import { describeScale, foundInTime } from './print-scale.ts';
import { runScale } from './run-scale.ts';

/** `npm run sim -- --conversations 100000 --hours 24` */
export const scale = defineCommand({
  name: 'npm run sim --',
  summary: 'Run the reconciler for hours of virtual time against lists as long as you like.',
  options: {
    conversations: option('conversations in which somebody writes on a day', wholeFrom(0, 1_000_000), 1_000),
    silent: option('conversations in which nobody has written for a month', wholeFrom(0, 1_000_000), 10_000),
    hours: option('how long', wholeFrom(2, 240), 24),
    lost: option(
      'messages of each kind whose webhook never comes; 0 for none, and no sign of a loss',
      wholeFrom(0, 10_000),
      300,
    ),
    newestFirst: flag('let Twilio list the newest conversations first'),
    seed: option('one seed is one history', wholeFrom(0, 999_999_999), 1),
  },
  examples: [
    [
      'npm run sim -- --conversations 100000 --hours 24',
      'how soon lost messages are found in a large service',
    ],
    ['npm run sim -- --conversations 0 --lost 0', 'what an idle service costs'],
  ],
  exits: {
    done: 'what was lost in recently active conversations was found within seven minutes, and no run was cut',
    failed: 'something was found late, or not looked at',
  },
  run: async (options, { out }) => {
    const before = process.cpuUsage();
    const result = await runScale(options);
    for (const line of describeScale(options, result)) out(line);
    const { user, system } = process.cpuUsage(before);
    out(`processor time ${((user + system) / 1_000_000).toFixed(0)} s`);
    return foundInTime(result) ? DONE : FAILED;
  },
});
