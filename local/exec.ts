import { defineCommand, MISUSED } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';
import { several } from '../cli/option.ts';
import { textOf } from '../cli/values.ts';
import { PORT, SEED, WEBHOOK } from './common-options.ts';
import { listenOrFail } from './listen-or-fail.ts';
import { runProgram } from './run-program.ts';
import { worldEnvironment } from './world-environment.ts';

/** `npm run world -- exec`: docs/local-service.md */
export const exec = defineCommand({
  name: 'exec',
  summary:
    'Run a command with a fresh Conversations service of its own, whose address and credentials are in its environment.',
  operands: {
    command: { ...several('the command and its words', textOf('command', 'a command')), wholeLine: true },
  },
  options: { port: { ...PORT, initial: 0 }, seed: SEED, webhook: WEBHOOK },
  examples: [
    ['npm run world -- exec -- npm test', 'tests against a world of their own'],
    ['npm run world -- exec --seed docs/seed.yaml -- node client.js', 'with something in it'],
    [
      'npm run world -- exec --webhook http://127.0.0.1:3000/hook -- npm test',
      'and what customers write comes to the bot under test',
    ],
  ],
  exits: {
    done: 'the command exited with 0',
    failed:
      'the service could not start; else as the command did, with 128 and the number of the signal that ended it',
  },
  run: async ({ command: [program, ...words], ...options }, { err }) => {
    if (program === undefined) {
      throw new CommandError(MISUSED, 'Expected a command after exec: npm run world -- exec -- npm test.');
    }
    const { startService } = await import('./start-service.ts');
    const running = await listenOrFail({ port: options.port }, 'npm run world -- exec', () =>
      // With made-up credentials, whatever the environment has: what slips past this world is worth nothing at Twilio.
      startService({ ...options, state: undefined, environment: {} }),
    );
    try {
      return await runProgram(program, words, worldEnvironment(process.env, running), err);
    } finally {
      await running.stop();
    }
  },
});
