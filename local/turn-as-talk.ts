import { CHANNELS } from '../lib/event/channels.ts';
import { expectAnswer } from '../talks/write/expect-answer.ts';
import { stateCalls } from '../talks/write/state-calls.ts';
import { writeTalk } from '../talks/write/write-talk.ts';
import type { SayInput, SayResult } from './say-once.ts';

type Said = Pick<SayResult, 'inbound' | 'decision' | 'outcome' | 'requests' | 'called' | 'templates'>;

/** What was said and what came of it, as a file for bot/talks/. */
export function turnAsTalk(
  { body = '', channel, media }: Pick<SayInput, 'body' | 'channel' | 'media'>,
  { inbound, decision, outcome, requests, called, templates }: Said,
): string {
  const created = requests
    .filter(({ operation, status }) => operation === 'messages.create' && status === 201)
    .map(({ form }) => new Map(form));
  const turn = { decision, finished: outcome, created, templates };
  const sent = { media, ...(body === '' ? {} : { text: body }) };
  return writeTalk({
    name: body === '' ? 'a file' : body.slice(0, 40),
    channel: CHANNELS.find((name) => name === channel),
    at: Date.parse(String(inbound['date_created'])),
    steps: [
      ...stateCalls(turn, called),
      media.length > 0 ? ['sends', sent] : ['says', body],
      ...expectAnswer(turn),
    ],
  });
}
