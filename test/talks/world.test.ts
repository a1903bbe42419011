import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../build/load-rules.ts';
import { allOf } from '../../lib/rules/render/localize.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { loadTalks } from '../../talks/load-talks.ts';
import { answerOf } from '../../talks/play/answer-of.ts';
import { type Played, playTalk } from '../../talks/play/play-talk.ts';
import { readTalks } from '../../talks/read/read-talks.ts';
import type { Talk } from '../../talks/talk.ts';
import { type Made, startTalkWorld } from './play-in-world.ts';

/** What of a talk the local world has no hand for: a message that overtakes, what only Twilio does, a service that is down. */
const ONLY_IN_TALKS = (talk: Talk) =>
  talk.steps.some(({ does }) => does === 'begins' || does === 'fails') ||
  talk.steps.some((step) => step.does === 'says' && step.before) ||
  talk.steps.some((step) => step.does === 'call' && Object.values(step.stated).includes('fails'));

const bots = [...globSync('bot/**/rules.yaml'), ...globSync('test/talks/bots/*/rules.yaml')]
  .map(dirname)
  .filter((bot) => globSync(`${bot}/talks/*.yaml`).length > 0);

describe.each(bots)('the talks of %s', (bot) => {
  it('go in the whole local world as they go by themselves', async () => {
    const compiled = await loadRules(join(bot, 'rules.yaml'));
    if (!compiled.ok) throw new Error('npx parley rules check says what is wrong');
    const { book } = compiled;
    const { files } = await loadTalks(bot);
    const talks = files.flatMap((file) => readTalks(file, book).talks).filter((talk) => !ONLY_IN_TALKS(talk));
    const world = await startTalkWorld(bot, book, talks);
    try {
      for (const talk of talks) {
        const played = await playTalk(talk, book);
        expect({ talk: talk.name, made: await world.play(talk) }).toEqual({
          talk: talk.name,
          made: madeIn(played, book),
        });
      }
    } finally {
      await world.stop();
    }
  });
});

/** What the bot heard of in a talk, as the world tells it. */
function madeIn({ talk, heard }: Played, book: RuleBook): readonly Made[] {
  const happenings = talk.steps.filter(({ does }) =>
    ['says', 'taps', 'agent', 'program', 'joins', 'leaves'].includes(does),
  );
  const told = [...heard];
  return happenings.map(({ does }) => {
    const isHeard =
      does !== 'leaves' && does !== 'joins' ? true : told[0]?.event.EventType.startsWith('onParticipant');
    const one = isHeard ? told.shift() : undefined;
    if (one === undefined) return { outcome: 'unheard', said: [] };
    const { outcome = 'in_flight', reason } = one.record.finished ?? {};
    const { said } = answerOf(one, book, one.read);
    return {
      outcome: reason === undefined ? outcome : `${outcome} ${reason}`,
      said: said.flatMap((part) => {
        if (part.kind === 'text') return [part.text];
        if (part.kind === 'template') return allOf(book.templates[part.template]?.sid ?? '').slice(0, 1);
        return part.kind === 'media' ? [part.text ?? ''] : [];
      }),
    };
  });
}
