import { emptyHistory, judgeMemory, type MemoryHistory, reckonMemory } from '../judge-memory.ts';
import { HANDOVER_MS, rememberingBook } from '../memory-book.ts';
import { notingTable } from '../noting-table.ts';
import { type Occasion, writeAsAgent } from '../people.ts';
import type { Profile, Stage } from '../profile.ts';
import { QUIET_MS } from '../rules.ts';
import type { Scheduler } from '../scheduler.ts';
import { say, whenAnswered } from './memory.ts';

const MINUTE = 60_000;

const BOOKS = { A: rememberingBook('A', 'ask'), B: rememberingBook('B', 'ask') };
const SAYS = ['person', 'person', 'ask', 'menu', 'said', 'nothing'];

/** What gives a conversation back without a word: the last of your people leaves, or it is closed. */
export const leaving: Profile = {
  name: 'leaving',
  about:
    'Your people join and leave, and conversations are closed, while they are handed over and a question waits',
  scene: () => {
    const history = emptyHistory();
    const book = { quietMs: QUIET_MS, handoverMs: HANDOVER_MS, asks: () => 'ask' };
    return {
      world: {
        rules: (version) => BOOKS[version],
        environment: { AGENTS: 'agent-*' },
        filters: ['onMessageAdded', 'onConversationStateUpdated', 'onParticipantRemoved'],
        openTable: (clock) => notingTable(clock, history),
      },
      play: (stage) => play(stage, history),
      reckon: (stage) => reckonMemory(stage, history),
      judge: (stage) => judgeMemory(stage, history, book),
    };
  },
};

/** A conversation, and who and what of it is there at this moment. */
interface Room extends Occasion {
  readonly history: MemoryHistory;
  readonly there: Set<string>;
  isClosed: boolean;
}

async function play(stage: Stage, history: MemoryHistory): Promise<void> {
  const { world, scheduler, maxMessages } = stage;
  const { random } = scheduler;
  for (let c = 0; c < (random() < 0.3 ? 2 : 1); c += 1) {
    const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    const room: Room = { ...stage, conversationSid, history, there: new Set(), isClosed: false };
    await comeOrGo(room, 'agent-ana');
    if (random() < 0.3) await comeOrGo(room, 'agent-bo');
    let at = random() * MINUTE;
    const messages = Math.min(maxMessages, 4 + Math.floor(random() * 5));
    for (let n = 0; n < messages; n += 1) {
      at += random() < 0.2 ? random() * 500 : 2_000 + random() * MINUTE * 0.6;
      scheduler.after(at, () => whenAnswered(room, 2, () => void write(room)));
      if (random() < 0.4) soon(scheduler, at, () => void comeOrGo(room, nameOf(scheduler)));
      if (random() < 0.05) soon(scheduler, at, () => void close(room));
    }
  }
}

/** Mostly while what was said last is being answered, or lasts. */
function soon(scheduler: Scheduler, at: number, what: () => void): void {
  scheduler.after(at + scheduler.random() * (HANDOVER_MS / 2), what);
}

function nameOf({ random }: Scheduler): string {
  return random() < 0.7 ? 'agent-ana' : 'agent-bo';
}

async function write(room: Room): Promise<void> {
  if (room.isClosed) return;
  const agent = nameOf(room.scheduler);
  if (room.scheduler.random() < 0.2) {
    if (room.there.has(agent)) await writeAsAgent({ ...room, agent });
    return;
  }
  await say(room, undefined, SAYS);
}

async function comeOrGo(room: Room, identity: string): Promise<void> {
  const { world, scheduler, conversationSid, history, there, isClosed, trace } = room;
  const { customer } = world.service;
  if (isClosed) return;
  const isThere = !there.delete(identity);
  if (isThere) there.add(identity);
  history.presence.push({ conversationSid, at: scheduler.now(), identity, isThere });
  trace(`${identity} ${isThere ? 'joins' : 'leaves'}`);
  if (isThere) await customer.join({ conversationSid, identity });
  else await customer.leave({ conversationSid, author: identity });
}

/** For good: Twilio takes nothing in there any more, and refuses what the bot still says. */
async function close(room: Room): Promise<void> {
  const { world, conversationSid, history, trace } = room;
  if (room.isClosed) return;
  room.isClosed = true;
  history.closed.add(conversationSid);
  trace('the conversation is closed');
  await world.program.request('POST', `/Conversations/${conversationSid}`, { State: 'closed' }, true);
}
