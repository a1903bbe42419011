import {
  emptyHistory,
  isOfCustomer,
  judgeMemory,
  type MemoryHistory,
  reckonMemory,
} from '../judge-memory.ts';
import { forgetfulBook, HANDOVER_MS, rememberingBook } from '../memory-book.ts';
import { notingTable } from '../noting-table.ts';
import type { Written } from '../oracle.ts';
import { type Occasion, writeAsAgent } from '../people.ts';
import type { Profile, Stage } from '../profile.ts';
import { repliesTo } from '../replies.ts';
import { QUIET_MS } from '../rules.ts';
import type { Version } from '../world.ts';

const MINUTE = 60_000;

const asksKept = () => 'ask';
const asksRenamed = (version: Version) => (version === 'A' ? 'ask' : 'ask-order');
const A = rememberingBook('A', 'ask');
/** What version B is: the same, with a rule by another name, or a build from before there was a memory. */
const KINDS = {
  kept: { A, B: rememberingBook('B', 'ask') },
  renamed: { A, B: rememberingBook('B', 'ask-order') },
  forgetful: { A, B: forgetfulBook('B') },
};

const SAYS = [
  ...['ask', 'ask', 'ask', 'menu', 'said', 'once', 'nothing', 'person', 'reply', 'pick'],
  ...['hello', 'forget', 'clear', 'broken', 'lose'],
];

/** The conversations remember, and what they remember is told again by what customers saw. */
export const memory: Profile = {
  name: 'memory',
  about:
    'The bot asks, remembers, forgets and hands over; agents overtake, programs ask, a rule is renamed, a build knows no memory',
  scene: ({ random }) => {
    const draw = random();
    const kind = draw < 0.2 ? 'renamed' : draw < 0.4 ? 'forgetful' : 'kept';
    const forgetful: Version | undefined = kind === 'forgetful' ? 'B' : undefined;
    const asks = kind === 'renamed' ? asksRenamed : asksKept;
    const book = { quietMs: QUIET_MS, handoverMs: HANDOVER_MS, asks, forgetful };
    const history = emptyHistory();
    return {
      load: (drawn) => ({
        ...drawn,
        versionSwaps: forgetful ? Math.max(2, drawn.versionSwaps) : drawn.versionSwaps,
      }),
      world: {
        rules: (version) => KINDS[kind][version],
        environment: { PROGRAMS: 'survey', AGENTS: 'agent-*' },
        filters: ['onMessageAdded', 'onConversationUpdated'],
        openTable: (clock) => notingTable(clock, { ...history, forgetful }),
      },
      play: (stage) => play(stage, history),
      reckon: (stage) => reckonMemory(stage, history),
      judge: (stage) => judgeMemory(stage, history, book),
    };
  },
};

async function play(stage: Stage, history: MemoryHistory): Promise<void> {
  const { world, scheduler, maxMessages } = stage;
  const { random } = scheduler;
  const conversations = random() < 0.3 ? 2 : 1;
  for (let c = 0; c < conversations; c += 1) {
    const { conversation, participant } = await world.service.customer.startConversation({
      channel: 'whatsapp',
    });
    const conversationSid = String(conversation['sid']);
    await world.service.customer.join({ conversationSid, identity: 'agent-ana' });
    const occasion: Occasion = { ...stage, conversationSid };
    const speak = () => void changeLanguage(occasion, String(participant['sid']), history);
    if (random() < 0.5) speak();
    const patience = random() < 0.7 ? PATIENCE : 0;
    let at = random() * MINUTE;
    const messages = Math.min(maxMessages, 4 + Math.floor(random() * 5));
    for (let n = 0; n < messages; n += 1) {
      at += random() < 0.2 ? random() * 500 : 2_000 + random() * MINUTE * 0.6;
      scheduler.after(at, () =>
        whenAnswered(occasion, patience, () => void writeSomething(occasion, history)),
      );
      if (random() < 0.1) scheduler.after(at + random() * MINUTE, speak);
    }
  }
}

/** So often people look whether they have been answered before they go on. */
const PATIENCE = 6;
const LOOK_EVERY_MS = 15_000;

/** Most people read an answer before they write again, as whoever answers a question does. */
export function whenAnswered(occasion: Occasion, patience: number, goOn: () => void): void {
  const { world, scheduler } = occasion;
  const last = lastOf(occasion);
  const isAnswered = last === undefined || last.due === 0 || repliesTo(world, last).length > 0;
  if (isAnswered || patience === 0) goOn();
  else scheduler.after(LOOK_EVERY_MS, () => whenAnswered(occasion, patience - 1, goOn));
}

/** Longer than three seconds by what clocks may differ and dates are cut: who is faster five times in a row is a machine. */
const READING_MS = 6_000;

/** Customers read what the bot has said, however soon they meant to write. */
function whenRead(occasion: Occasion, goOn: () => void): void {
  const { world, scheduler, conversationSid } = occasion;
  const seen = world.shown.findLast(
    ({ conversation_sid, author }) => conversation_sid === conversationSid && world.authors.includes(author),
  );
  const reading = (seen?.at ?? Number.NEGATIVE_INFINITY) + READING_MS - scheduler.now();
  if (reading > 0) scheduler.after(reading, () => whenRead(occasion, goOn));
  else goOn();
}

/** What the customer has written last. */
function lastOf({ written, conversationSid }: Occasion): Written | undefined {
  return written.findLast((each) => each.conversationSid === conversationSid && isOfCustomer(each));
}

async function writeSomething(occasion: Occasion, history: MemoryHistory): Promise<void> {
  const draw = occasion.scheduler.random();
  if (draw < 0.06) return writeAsAgent(occasion);
  if (draw < 0.1) return ask(occasion);
  if (draw < 0.13) return giveBack(occasion, history);
  if (draw < 0.15) return rename(occasion);
  const word = draw < 0.18 ? 'stop' : draw < 0.21 ? 'bot' : undefined;
  whenRead(occasion, () => void say(occasion, word, SAYS));
}

/** What mostly follows what: else most answers would come where nothing was asked. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  ask: ['reply', 'reply', 'reply', 'reply', 'lose', 'nothing', 'stop'],
  nothing: ['nothing', 'reply'],
  lose: ['reply', 'nothing'],
  broken: ['reply'],
  menu: ['pick'],
  pick: ['pick', 'nothing'],
  reply: ['said', 'forget', 'clear', 'ask'],
  forget: ['said'],
  clear: ['said'],
  hello: ['hello'],
  person: ['nothing', 'bot'],
};

/** Whoever says the same four times in a row is a machine. */
function isSaidOften({ written, conversationSid }: Occasion, words: string): boolean {
  const same = written.filter((each) => each.conversationSid === conversationSid && each.body === words);
  return same.length >= 3;
}

/** @param word what the customer writes; else what follows, or one of `kinds` */
export async function say(
  occasion: Occasion,
  word: string | undefined,
  kinds: readonly string[],
): Promise<void> {
  const { world, scheduler, conversationSid, written, trace } = occasion;
  const [before = ''] = lastOf(occasion)?.body.split(' ') ?? [];
  const follows = scheduler.random() < 0.8 ? FOLLOWS[before] : undefined;
  const from = follows ?? kinds;
  const drawn = word ?? from[Math.floor(scheduler.random() * from.length)] ?? 'nothing';
  const kind = isSaidOften(occasion, drawn) ? 'nothing' : drawn;
  // A stop word, and the word back, are the whole message.
  const body = ['stop', 'bot'].includes(kind) ? kind : `${kind} ${written.length}`;
  const { sid, index } = await world.service.customer.write({ conversationSid, body });
  const due = kind === 'broken' ? { due: 0, outcome: 'quarantined' } : { due: 1, outcome: 'replied' };
  written.push({ sid: String(sid), index: Number(index), conversationSid, body, ...due });
  trace(`the customer writes "${body}" (index ${index})`);
}

/** A program asks, and nobody tells us; or its webhook does. */
async function ask({ world, scheduler, conversationSid, written, trace }: Occasion): Promise<void> {
  const form = {
    Author: 'survey',
    Body: `menu ${written.length}`,
    Attributes: '{"parley":{"waits":"menu"}}',
  };
  const posted = await world.post(conversationSid, form, scheduler.random() < 0.5);
  const { sid, index } = posted as { sid: string; index: number };
  written.push({ sid, index, conversationSid, body: form.Body, due: 0, outcome: 'suppressed|none' });
  trace(`a program asks "${form.Body}" (index ${index})`);
}

async function giveBack(
  { world, scheduler, conversationSid, trace }: Occasion,
  { saidOff }: MemoryHistory,
): Promise<void> {
  if (!saidOff.has(conversationSid)) saidOff.set(conversationSid, scheduler.now());
  const form = { Attributes: '{"parley":{"handover":"off"}}' };
  await world.program.request('POST', `/Conversations/${conversationSid}`, form, true);
  trace('somebody gives the conversation back');
}

/** What gave it back before comes with this webhook as well. */
async function rename({ world, scheduler, conversationSid, trace }: Occasion): Promise<void> {
  const form = { FriendlyName: `renamed ${scheduler.now()}` };
  await world.program.request('POST', `/Conversations/${conversationSid}`, form, true);
  trace('somebody renames the conversation');
}

/** What was read of it once is kept, so that only the first of these shows. */
async function changeLanguage(
  { world, scheduler, conversationSid, trace }: Occasion,
  participantSid: string,
  { languages }: MemoryHistory,
): Promise<void> {
  const isGerman = scheduler.random() < 0.7;
  languages.push({ conversationSid, at: scheduler.now(), greeting: isGerman ? 'hallo' : 'hello' });
  trace(`the customer speaks ${isGerman ? 'German' : 'English'} from now on`);
  const Attributes = JSON.stringify({ language: isGerman ? 'de-AT' : 'en' });
  const path = `/Conversations/${conversationSid}/Participants/${participantSid}`;
  await world.program.request('POST', path, { Attributes });
}
