import { DONE, defineCommand, FAILED, MISUSED, type Terminal } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';
import { flag, option, several } from '../cli/option.ts';
import { runScript } from '../cli/run-script.ts';
import { anyText, mimeType, oneOf, portInUse, textOf } from '../cli/values.ts';
import { RefusalError } from '../emulator/index.ts';
import { RulesError } from '../lib/rules/compile/rules-error.ts';
import { WORLD_SETTINGS } from './bot/bot-environment.ts';
import { buildBundles } from './build-bundles.ts';
import { checkBot } from './check-bot.ts';
import { checkSaid } from './check-said.ts';
import { BOT, BUILD, PORT } from './common-options.ts';
import { localEnvironment } from './environment/local-environment.ts';
import { listenOrFail } from './listen-or-fail.ts';
import { SAID_BY, type SayWorld } from './say-once.ts';

/** `npm run say`: docs/local-world.md */
export const say = defineCommand({
  name: 'npm run say --',
  summary:
    'Write to the bot as a customer, in the world that runs or else in one of its own, and see the decision and the reply.',
  operands: { text: option('what the customer writes', anyText('text')) },
  tooMany: 'Put the message in quotes.',
  options: {
    channel: option('whatsapp, sms, rcs, messenger, email or chat', oneOf('name', SAID_BY), 'whatsapp'),
    author: option(
      'a number, an address, or a name on chat; made up when not given',
      textOf('who', 'a number, an address or a name'),
    ),
    media: several('send a file of this MIME type; may be repeated', mimeType),
    port: option('of the world to write into; without it, the one at 4000 if one runs there', portInUse),
    alone: flag('write into a world of its own; so it is with --bot'),
    json: flag('print one object: inbound, decision, outcome, why, replies, steps, noted and requests'),
    talk: flag('print what was said and what came of it as a talk, for bot/talks/'),
    bot: BOT,
    build: BUILD,
  },
  examples: [
    ['npm run say -- "order 12345"', 'a text on WhatsApp'],
    ['npm run say -- "hi" --channel sms --author +15550100001', 'by SMS, from this number'],
    ['npm run say -- --media image/jpeg', 'a picture without a text'],
    ['npm run say -- "hi" --port 4100', 'in the world of npm start -- --port 4100'],
    ['npm run say -- "hi" --talk', 'as a test of the bot'],
    ['npm run say -- -- "-20 % ?"', 'a text that begins with a dash'],
  ],
  exits: {
    done: 'the message was handled, replied to or not',
    failed: 'it could not be handled, for the reason printed',
  },
  run: async ({ text: body, channel, author, media, json, talk, build, ...where }, terminal) => {
    const { out, err } = terminal;
    const said = { body, channel, author, media };
    if (json && talk) throw new CommandError(MISUSED, 'Expected --json or --talk, and not both.');
    checkSaid(said);
    const { world, close } = (await findRunning(where, err)) ?? (await startOwn(where, build, terminal));
    const { sayOnce } = await import('./say-once.ts');
    const { drawTurn, turnAsJson } = await import('./show-turn.ts');
    const { turnAsTalk } = await import('./turn-as-talk.ts');
    try {
      const turn = await sayOnce(world, said);
      if (talk) out(turnAsTalk(said, turn).trimEnd());
      else out(json ? JSON.stringify(turnAsJson(turn)) : drawTurn(turn));
      if (turn.outcome.outcome !== 'quarantined') return DONE;
      err(`The message was set aside: ${turn.outcome.reason ?? 'no reason given'}.`);
      return FAILED;
    } catch (error) {
      throw new CommandError(FAILED, explain(error), { cause: error });
    } finally {
      await close();
    }
  },
});

function explain(error: unknown): string {
  if (error instanceof RefusalError) return `Twilio refuses this: ${error.message} (${error.twilioCode}).`;
  return error instanceof Error ? error.message : String(error);
}

interface Where {
  readonly port: number | undefined;
  readonly alone: boolean;
  readonly bot: string | undefined;
}

interface Joined {
  readonly world: SayWorld;
  readonly close: () => void | Promise<void>;
}

/** The world that runs, said by `err` so that what is printed for scripts stays as it is. */
async function findRunning({ port, alone, bot }: Where, err: Terminal['err']): Promise<Joined | undefined> {
  if (port !== undefined && (alone || bot !== undefined)) {
    throw new CommandError(
      MISUSED,
      `--port names a world that runs; ${alone ? '--alone' : '--bot'} does without it.`,
    );
  }
  if (alone || bot !== undefined) return undefined;
  const { findWorld } = await import('./find-world.ts');
  const found = await findWorld(port ?? PORT.initial);
  if (found?.hasBot) {
    err(`In the world that runs at ${found.url}/:`);
    const { joinWorld } = await import('./running-world.ts');
    const world = await joinWorld(found.url);
    return { world, close: world.close };
  }
  const here = `http://127.0.0.1:${port ?? PORT.initial}/`;
  const why = found === undefined ? `No world runs at ${here}` : `The world at ${here} has no bot`;
  if (port !== undefined) throw new CommandError(FAILED, `${why}. Start one: npm start -- --port ${port}`);
  err(`${why}, so this is one of its own:`);
  return undefined;
}

async function startOwn({ bot }: Where, build: boolean, terminal: Terminal): Promise<Joined> {
  if (bot !== undefined) await checkBot(bot);
  const environment = await localEnvironment(WORLD_SETTINGS, terminal);
  if (build) await buildBundles();
  const { startWorld } = await import('./world.ts');
  const { ownWorld } = await import('./own-world.ts');
  const world = await listenOrFail({ port: 0 }, 'npm run say --', () =>
    startWorld({ port: 0, environment, random: Math.random, rulesFolder: bot }),
  );
  // Handlers that fail as they are loaded are known only now.
  const problems = world.problems();
  if (problems.length > 0) {
    await world.stop();
    throw new CommandError(FAILED, new RulesError(problems).message);
  }
  return { world: ownWorld(world), close: world.stop };
}

if (import.meta.main) await runScript(say);
