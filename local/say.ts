import { DONE, defineCommand, FAILED } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';
import { flag, option, several } from '../cli/option.ts';
import { runScript } from '../cli/run-script.ts';
import { anyText, mimeType, oneOf, textOf } from '../cli/values.ts';
import { buildBundles } from './build-bundles.ts';
import { checkBot } from './check-bot.ts';
import { checkSaid } from './check-said.ts';
import { BOT, BUILD } from './common-options.ts';
import { listenOrFail } from './listen-or-fail.ts';
import { SAID_BY } from './say-once.ts';

/** `npm run say`: docs/local-world.md */
export const say = defineCommand({
  name: 'npm run say --',
  summary: 'Write to the bot as a customer, in a world of its own, and see the decision and the reply.',
  operands: { text: option('what the customer writes', anyText('text')) },
  tooMany: 'Put the message in quotes.',
  options: {
    channel: option('whatsapp, sms, rcs, messenger, email or chat', oneOf('name', SAID_BY), 'whatsapp'),
    author: option(
      'a number, an address, or a name on chat; made up when not given',
      textOf('who', 'a number, an address or a name'),
    ),
    media: several('send a file of this MIME type; may be repeated', mimeType),
    json: flag('print one object: inbound, decision, outcome, why, replies, steps, noted and requests'),
    talk: flag('print what was said and what came of it as a talk, for bot/talks/'),
    bot: BOT,
    build: BUILD,
  },
  examples: [
    ['npm run say -- "order 12345"', 'a text on WhatsApp'],
    ['npm run say -- "hi" --channel sms --author +15550100001', 'by SMS, from this number'],
    ['npm run say -- --media image/jpeg', 'a picture without a text'],
    ['npm run say -- "hi" --talk', 'as a test of the bot'],
    ['npm run say -- -- "-20 % ?"', 'a text that begins with a dash'],
  ],
  exits: {
    done: 'the message was handled, replied to or not',
    failed: 'it could not be handled, for the reason printed',
  },
  run: async ({ text: body, channel, author, media, json, talk, bot, build }, { out, err }) => {
    const said = { body, channel, author, media };
    checkSaid(said);
    if (bot !== undefined) await checkBot(bot);
    if (build) await buildBundles();
    const { startWorld } = await import('./world.ts');
    const { sayOnce } = await import('./say-once.ts');
    const { drawTurn, turnAsJson } = await import('./show-turn.ts');
    const { turnAsTalk } = await import('./turn-as-talk.ts');
    const world = await listenOrFail(0, 'npm run say --', () =>
      startWorld({ port: 0, environment: process.env, random: Math.random, rulesFolder: bot }),
    );
    try {
      const turn = await sayOnce(world, said);
      if (talk) out(turnAsTalk(said, turn).trimEnd());
      else out(json ? JSON.stringify(turnAsJson(turn)) : drawTurn(turn));
      if (turn.outcome.outcome !== 'quarantined') return DONE;
      err(`The message was set aside: ${turn.outcome.reason ?? 'no reason given'}.`);
      return FAILED;
    } catch (error) {
      throw new CommandError(FAILED, error instanceof Error ? error.message : String(error), {
        cause: error,
      });
    } finally {
      await world.stop();
    }
  },
});

if (import.meta.main) await runScript(say);
