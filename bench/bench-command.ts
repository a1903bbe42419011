import { type Command, DONE, defineCommand, MISUSED } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';
import { flag, option } from '../cli/option.ts';

const PARTS = ['peers', 'starts', 'rules', 'handlers', 'growth'] as const;
type Part = (typeof PARTS)[number];

/** `npm run bench -- --runs 25` */
export const bench: Command = defineCommand({
  name: 'npm run bench --',
  summary:
    'Measure what the functions cost beside other bot libraries, what rules and handlers cost, and how it all grows.',
  options: {
    runs: option(
      'how often each is measured',
      {
        name: 'number',
        expected: 'a whole number from 1',
        read: (given) => (/^[1-9]\d{0,5}$/.test(given) ? Number(given) : undefined),
      },
      25,
    ),
    only: option('one part alone: peers, starts (the functions without peers), rules, handlers or growth', {
      name: 'part',
      expected: PARTS.join(', '),
      read: (given) => PARTS.find((part) => part === given),
    }),
    json: option('write the comparison with peers, or of starts, into this file', {
      name: 'file',
      expected: 'a file',
      read: (given) => given || undefined,
    }),
    docs: flag('write the comparison with peers into docs/performance.md, with its picture'),
  },
  examples: [
    ['npm run bench', 'the peers, which are installed in bench/peers, then rules, handlers and growth'],
    [
      'npm run bench -- --only starts --runs 5',
      'receive and reply beside an empty handler; nothing is installed',
    ],
    ['npm run bench -- --only peers --json peers.json --docs', 'what docs/performance.md shows'],
  ],
  exits: { done: 'it was measured', failed: 'a handler did not answer, or the peers were not installed' },
  run: async ({ runs, only, json, docs }, { out, err }) => {
    const isAsked = (part: Part) => (only === undefined ? part !== 'starts' : only === part);
    if (docs && !isAsked('peers'))
      throw new CommandError(MISUSED, `--docs shows the peers: expected no --only, or --only peers.`);
    if (json !== undefined && !isAsked('peers') && !isAsked('starts'))
      throw new CommandError(
        MISUSED,
        `--json holds a comparison: expected no --only, or --only peers or starts.`,
      );
    if (isAsked('peers') || isAsked('starts')) {
      const { tellComparison } = await import('./compare/tell-comparison.ts');
      out(await tellComparison({ runs, isWithPeers: isAsked('peers'), json, docs, say: err }));
    }
    if (isAsked('rules')) {
      const { tellRuleCounts } = await import('./rule-count.ts');
      out(`\nA decision, ${runs} runs, medians\n\n${await tellRuleCounts(runs)}`);
    }
    if (isAsked('handlers')) {
      const { tellHandlers } = await import('./handlers.ts');
      out(`\nHandlers, ${runs} runs, medians\n\n${await tellHandlers(runs)}`);
    }
    if (isAsked('growth')) {
      const { tellGrowth } = await import('./growth.ts');
      out(`\nWhat messages cost, ${runs} runs, medians\n\n${await tellGrowth(runs)}`);
    }
    return DONE;
  },
});
