import { readRecord, type Written } from '../oracle.ts';
import { KIND, type Occasion, writeAsAgent, writeAsCustomer } from '../people.ts';
import type { Profile, Stage } from '../profile.ts';

const MINUTE = 60_000;

/** What was written is changed and deleted while it is being answered, and whole conversations are closed or deleted. */
export const edits: Profile = {
  name: 'edits',
  about:
    'Messages are edited and deleted meanwhile, the bot’s own among them; conversations are closed and deleted',
  scene: ({ random }) => {
    const ended = new Set<string>();
    return {
      load: (drawn) => ({ ...drawn, parameter: random() < 0.5 ? random() * 0.3 : 0 }),
      play: (stage) => play(stage, ended),
      reckon: (stage) => reckon(stage, ended),
    };
  },
};

async function play(stage: Stage, ended: Set<string>): Promise<void> {
  const { world, scheduler } = stage;
  const { random } = scheduler;
  for (let c = 0; c < 1 + Math.floor(random() * 2); c += 1) {
    const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    await world.service.customer.join({ conversationSid, identity: 'agent-ana' });
    const occasion: Occasion = { ...stage, conversationSid };
    let at = random() * MINUTE;
    for (let n = 0; n < 1 + Math.floor(random() * 4); n += 1) {
      at += random() < 0.3 ? random() * 50 : 1_000 + random() * MINUTE;
      scheduler.after(at, () => void write(occasion, ended));
      if (random() < 0.4) scheduler.after(at + random() * MINUTE, () => void removeReply(occasion));
    }
    const end = random();
    if (end < 0.15) scheduler.after(random() * at, () => void endConversation(occasion, ended, end < 0.05));
  }
}

/** Writes something, and may think better of it: at once, or while it is being answered. */
async function write(occasion: Occasion, ended: ReadonlySet<string>): Promise<void> {
  const { world, scheduler, conversationSid, written, trace } = occasion;
  const { random } = scheduler;
  if (ended.has(conversationSid)) return;
  const before = written.length;
  if (random() < 0.15) await writeAsAgent(occasion);
  else await writeAsCustomer(occasion, random() < 0.5 ? KIND.one : KIND.two);
  const [message] = written.slice(before);
  const draw = random();
  // Of an agent who takes back what nobody heard of nothing is left to keep quiet for.
  if (message === undefined || message.byAgentAt !== undefined || draw > 0.6) return;
  const { sid: messageSid, body } = message;
  scheduler.after(random() < 0.5 ? random() * 100 : random() * MINUTE, () => {
    if (ended.has(conversationSid)) return;
    const choice = { conversationSid, messageSid };
    const at = written.findIndex(({ sid }) => sid === messageSid);
    const now = written[at] ?? message;
    // What only a gap showed, and is deleted while its answer is under way, nothing shows any more.
    if (draw < 0.3) {
      if (!world.watch.heard.has(`onMessageAdded|${messageSid}`)) return;
      trace(`"${body}" is deleted`);
      const { due, most = due } = now;
      // Where its webhook is late nothing shows that there was anything to wait for: it has no place in the order.
      written[at] = { ...now, index: -1, due: 0, most, outcome: `${now.outcome}|suppressed|none` };
      void world.service.customer.remove(choice);
      return;
    }
    // What somebody reads later: another number, so that the judge sees which of the two was answered.
    const other = body.replace(/\d+/, (digits) => `${digits}000`);
    trace(`"${body}" becomes "${other}"`);
    written[at] = { ...now, edited: other };
    void world.service.customer.edit({ ...choice, body: other });
  });
}

/** Somebody takes back a reply that has come to its end, or changes its words. */
async function removeReply({ world, scheduler, conversationSid, written, trace }: Occasion): Promise<void> {
  const replied = [];
  for (const message of written) {
    if (message.conversationSid === conversationSid) replied.push(await readRecord(world, message));
  }
  const replySid = replied
    .findLast((record) => record?.finished?.outcome === 'replied')
    ?.parts.at(-1)?.replySid;
  if (replySid === undefined) return;
  const path = `/Conversations/${conversationSid}/Messages/${replySid}`;
  const isRemoved = scheduler.random() < 0.5;
  trace(`a reply is ${isRemoved ? 'deleted' : 'edited'}`);
  if (isRemoved) await world.program.request('DELETE', path);
  else await world.program.request('POST', path, { Attributes: '{}' });
}

async function endConversation(occasion: Occasion, ended: Set<string>, mayDelete: boolean): Promise<void> {
  const { world, conversationSid, written, trace } = occasion;
  ended.add(conversationSid);
  // What only a gap showed, nothing shows any more in a conversation that is gone.
  const isHeard = ({ sid }: Written) => world.watch.heard.has(`onMessageAdded|${sid}`);
  const isDeleted =
    mayDelete && written.every((each) => each.conversationSid !== conversationSid || isHeard(each));
  trace(`the conversation is ${isDeleted ? 'deleted' : 'closed'}`);
  const path = `/Conversations/${conversationSid}`;
  await (isDeleted
    ? world.program.request('DELETE', path)
    : world.program.request('POST', path, { State: 'closed' }));
}

/** Twilio refuses answers where a conversation has ended; what it told of by then gets its outcome all the same. */
async function reckon({ world, written }: Stage, ended: ReadonlySet<string>): Promise<void> {
  for (const [at, message] of written.entries()) {
    if (!ended.has(message.conversationSid)) continue;
    const isHeard = world.watch.heard.has(`onMessageAdded|${message.sid}`);
    const { due, most = due } = message;
    const outcome = `${message.outcome}|quarantined|suppressed${isHeard ? '' : '|none'}`;
    written[at] = { ...message, due: 0, most, outcome };
  }
}
