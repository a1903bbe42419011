import { readRecord, type Written } from '../oracle.ts';
import { KIND, type Occasion, writeAsCustomer } from '../people.ts';
import type { Profile, Stage } from '../profile.ts';
import { bookOf, oneAndTwo } from '../rules.ts';
import type { Version } from '../world.ts';

const MINUTE = 60_000;

function compile(version: Version) {
  return bookOf(`version: 1
quiet_after_person: 0s
rules:
  - id: opening
    when: { event: onConversationAdded }
    then: { text: '${version} answer 0' }
  - id: welcome
    when: { event: onParticipantAdded }
    then:
      - { text: '${version} first 0' }
      - { text: '${version} second 0' }
${oneAndTwo(version)}`);
}

const BOOKS = { A: compile('A'), B: compile('B') };

/** Rules that answer a conversation that begins, and whoever joins; people write in between. */
export const welcomes: Profile = {
  name: 'welcomes',
  about: 'Rules answer conversations that begin and people who join, leave and join again, agents among them',
  scene: () => ({
    world: {
      rules: (version) => BOOKS[version],
      filters: ['onMessageAdded', 'onConversationAdded', 'onParticipantAdded'],
    },
    play,
    isAtRest: async (stage) => !(await anyUnfinished(stage)),
    reckon,
  }),
};

async function play(stage: Stage): Promise<void> {
  const { world, scheduler, written } = stage;
  const { random } = scheduler;
  const { customer } = world.service;
  for (let c = 0; c < 1 + Math.floor(random() * 2); c += 1) {
    const channel = random() < 0.5 ? 'whatsapp' : 'chat';
    const author = channel === 'chat' ? `kim-${c}` : undefined;
    const { conversation, participant } = await customer.startConversation({
      channel,
      ...(author === undefined ? {} : { author }),
    });
    const conversationSid = String(conversation['sid']);
    written.push(begun(conversationSid), joined(conversationSid, String(participant['sid']), 'customer'));
    const occasion: Occasion = { ...stage, conversationSid };
    let at = random() * MINUTE;
    for (let n = 0; n < 1 + Math.floor(random() * 4); n += 1) {
      at += random() < 0.3 ? random() * 50 : random() * MINUTE;
      const draw = random();
      if (draw < 0.4) scheduler.after(at, () => void joinAs(occasion, `guest-${n}`, random() < 0.3));
      else if (draw < 0.6) scheduler.after(at, () => void joinAs(occasion, `agent-${n}`, false));
      else scheduler.after(at, () => void writeAsCustomer(occasion, draw < 0.8 ? KIND.one : KIND.two));
    }
  }
}

/** @param again they leave and join once more: that is another participant, who is welcomed as well */
async function joinAs(
  { world, conversationSid, written, trace }: Occasion,
  identity: string,
  again: boolean,
) {
  const { customer } = world.service;
  const { sid } = await customer.join({ conversationSid, identity });
  trace(`${identity} joins`);
  const entry = joined(conversationSid, String(sid), identity);
  // Who has left again may be gone when Twilio is asked about them.
  written.push(again ? { ...entry, due: 0, most: entry.due, outcome: `${entry.outcome}|suppressed` } : entry);
  if (!again) return;
  await customer.leave({ conversationSid, author: identity });
  const { sid: second } = await customer.join({ conversationSid, identity });
  trace(`${identity} leaves and joins again`);
  written.push(joined(conversationSid, String(second), identity));
}

function begun(conversationSid: string): Written {
  const expected = { due: 1, outcome: 'replied' };
  return {
    sid: conversationSid,
    event: 'onConversationAdded',
    index: -1,
    conversationSid,
    body: 'begun',
    ...expected,
  };
}

function joined(conversationSid: string, sid: string, name: string): Written {
  const isAgent = name.startsWith('agent-');
  const expected = isAgent ? { due: 0, outcome: 'suppressed' } : { due: 2, outcome: 'replied' };
  return {
    sid,
    event: 'onParticipantAdded',
    index: -1,
    conversationSid,
    body: `${name} joined`,
    ...expected,
  };
}

/** Twilio does not list what is not a message: where its webhook never came, it may stay unanswered. */
async function reckon({ world, written }: Stage): Promise<void> {
  for (const [at, entry] of written.entries()) {
    if (entry.event === undefined || isHeard(world, entry)) continue;
    const { most = entry.due } = entry;
    written[at] = { ...entry, due: 0, most, outcome: `${entry.outcome}|none` };
  }
}

function isHeard({ watch }: Stage['world'], { event, sid }: Written): boolean {
  return [...watch.heard.keys()].some((key) => key.startsWith(`${event}|${sid}`));
}

/** An event that was heard of and has no record yet, or one in flight. */
async function anyUnfinished({ world, written }: Stage): Promise<boolean> {
  for (const entry of written) {
    const record = await readRecord(world, entry);
    const isDue = record !== undefined || (entry.event !== undefined && isHeard(world, entry));
    if (isDue && record?.finished === undefined) return true;
  }
  return false;
}
