import { CHANNELS } from '../../../../lib/event/channels.ts';
import { parseAttributes } from '../../../../lib/json.ts';
import { showDuration } from '../../../../lib/rules/match/show-duration.ts';
import { expectAnswer } from '../../../../talks/write/expect-answer.ts';
import { stateCalls } from '../../../../talks/write/state-calls.ts';
import { type DraftStep, writeTalk } from '../../../../talks/write/write-talk.ts';
import type { RulesRead } from '../../page-event.ts';
import type { Conversation, Item, Message, Turn } from '../model/model.ts';

/** Talks wait twenty seconds by themselves; how long people think is their own affair. */
const LONG_PAUSE_MS = 60_000;
/** The local world's people (bot/bot-environment.ts). */
const AGENT = /^agent-/;

/** The conversation up to what a turn is about, as a talk for bot/talks/. */
export function makeTalk(
  conversation: Conversation,
  last: Pick<Turn, 'subject'>,
  templates: RulesRead['templates'] = {},
): string {
  const { items, channel } = conversation;
  const end = items.findIndex((item) => subjectOf(item) === last.subject);
  const told = items
    .slice(0, end + 1)
    .map((item) => ({ at: timeOf(item), steps: stepsOf(item, conversation, templates) }))
    .filter(({ steps }) => steps.length > 0);
  const first = told[0]?.at ?? conversation.lastActivity;
  return writeTalk({
    name: nameOf(conversation),
    channel: CHANNELS.find((name) => name === channel),
    at: first,
    steps: told.flatMap(({ at, steps }, place) => [...pause(at - (told[place - 1]?.at ?? first)), ...steps]),
  });
}

function stepsOf(
  item: Item,
  conversation: Conversation,
  templates: RulesRead['templates'],
): readonly DraftStep[] {
  const turn = conversation.turns.get(subjectOf(item));
  if (turn === undefined) return [];
  const { decision, finished } = turn;
  const played = { decision, finished, created: createdIn(turn), templates };
  const calls = stateCalls(
    played,
    turn.steps.filter((step) => step.kind === 'called'),
  );
  if (item.kind === 'presence') {
    // Only what the bot says to somebody who joins needs to be told: whoever writes has come.
    const isWelcomed = item.change === 'joined' && turn.finished?.outcome === 'replied';
    return isWelcomed ? [...calls, ['joins', item.name], ...expectAnswer(played)] : [];
  }
  const { message } = item;
  if (!message.fromParticipant) return [['program', programOf(message)]];
  if (isPerson(message.author, conversation)) return [['agent', { [message.author]: message.body ?? '' }]];
  return [...calls, said(message, conversation), ...expectAnswer(played)];
}

function said({ author, body = '', media }: Message, conversation: Conversation): DraftStep {
  const isGroup = conversation.channel === 'chat' || customersOf(conversation).length > 1;
  const from = isGroup ? { from: author } : {};
  if (media.length > 0) {
    const types = media.map(({ content_type }) => content_type);
    return ['sends', { media: types, ...(body === '' ? {} : { text: body }), ...from }];
  }
  return ['says', isGroup ? { text: body, ...from } : body];
}

/** What a program asks stands in its message's Attributes. */
function programOf({ body = '', attributes }: Message): object {
  const { parley } = Object(parseAttributes(attributes)) as { readonly parley?: unknown };
  const { waits } = Object(parley) as { readonly waits?: unknown };
  return { ...(typeof waits === 'string' ? { waits } : {}), text: body || 'A message of a program.' };
}

function createdIn({ steps }: Turn): readonly ReadonlyMap<string, string>[] {
  return steps.flatMap((step) =>
    step.kind === 'request' && step.request.operation === 'messages.create' && step.request.status === 201
      ? [new Map(step.request.form)]
      : [],
  );
}

function customersOf(conversation: Conversation): readonly string[] {
  return [...conversation.participants.values()]
    .map(({ name }) => name)
    .filter((name) => !isPerson(name, conversation));
}

/** A chat identity, where customers come by a channel or it has the name of a person. */
function isPerson(author: string, { participants, channel }: Conversation): boolean {
  const participant = [...participants.values()].find(({ name }) => name === author);
  return participant?.channel === 'chat' && (channel !== 'chat' || AGENT.test(author));
}

function pause(ms: number): readonly DraftStep[] {
  return ms < LONG_PAUSE_MS ? [] : [['waits', showDuration(Math.round(ms / 1_000) * 1_000)]];
}

function nameOf({ items }: Conversation): string {
  const first = items.find((item) => item.kind === 'message');
  const words = first?.kind === 'message' ? first.message.body?.slice(0, 40) : undefined;
  return words === undefined ? 'a conversation' : `a conversation that begins with ${words}`;
}

function subjectOf(item: Item): string {
  return item.kind === 'message' ? item.message.sid : item.sid;
}

function timeOf(item: Item): number {
  return item.kind === 'message' ? item.message.at : item.at;
}
