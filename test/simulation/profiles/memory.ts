import type { ConversationRecord } from '../../../lib/record/conversation.ts';
import type { MessageRecord } from '../../../lib/record/message-record.ts';
import { shortHash } from '../../../lib/record/short-hash.ts';
import { readRecord, type Verdict, type Written } from '../oracle.ts';
import { type Occasion, writeAsAgent } from '../people.ts';
import type { Profile, Stage } from '../profile.ts';
import { type Book, follow, NOTHING, type Noted, type Seen, type State } from '../remembered.ts';
import { repliesTo, writtenAt } from '../replies.ts';
import { bookOf, QUIET_MS } from '../rules.ts';
import type { SimulatedWorld, Version } from '../world.ts';

const MINUTE = 60_000;
const HANDOVER_MS = 40_000;

/** @param ask what the rule that asks is called */
function compile(version: Version, ask: string) {
  const says = (word: string) => `{ text: '${version} ${word} {{ match.n }}' }`;
  const misses = (word: string) => `{ text: '${version} ${word} {{ text | default: "" }}' }`;
  const when = (word: string) => `pattern: '^${word} (?<n>\\d{1,9})$'`;
  return bookOf(`version: 1
quiet_after_person: ${QUIET_MS / 1000}s
rules:
  - { id: person, when: { ${when('person')} }, then: [${says('person')}, { handover: { for: ${HANDOVER_MS / 1000}s, back: [bot] } }] }
  - id: ${ask}
    when: { ${when('ask')} }
    then: { text: '${version} asked {{ match.n }}', wait: 1d }
    otherwise:
      - { when: { misses: 2 }, then: ${misses('enough')} }
      - { when: { misses: 1 }, then: ${misses('again')} }
      - { then: ${misses('missed')} }
  - { id: menu, when: { ${when('menu')} }, then: { text: '${version} menu {{ match.n }}', wait: { for: 1d, keep: true } } }
  - { id: once, when: { ${when('once')}, once: 1d }, then: ${says('once')} }
  - { id: said, when: { ${when('said')} }, then: { text: '${version} said {{ match.n }} {{ remembered.order | default: "none" }}' } }
  - { id: took, when: { after: ${ask}, ${when('reply')} }, then: [{ remember: { order: '{{ match.n }}' } }, ${says('took')}] }
  - { id: picked, when: { after: menu, ${when('pick')} }, then: ${says('picked')} }
otherwise: ${misses('what')}
`);
}

const asksKept = () => 'ask';
const asksRenamed = (version: Version) => (version === 'A' ? 'ask' : 'ask-order');
const BOOKS = { A: compile('A', 'ask'), B: compile('B', 'ask'), renamed: compile('B', 'ask-order') };

const SAYS = ['ask', 'ask', 'reply', 'reply', 'reply', 'said', 'menu', 'pick', 'once', 'nothing', 'person'];

/** The conversations remember, and what they remember is told again by what customers saw. */
export const memory: Profile = {
  name: 'memory',
  about:
    'The bot asks, keeps, remembers, and hands over; agents overtake, programs ask, and a rule is renamed',
  scene: ({ random }) => {
    const isRenamed = random() < 0.3;
    const book = { quietMs: QUIET_MS, handoverMs: HANDOVER_MS, asks: isRenamed ? asksRenamed : asksKept };
    let swaps = 0;
    return {
      load: (drawn) => {
        swaps = drawn.versionSwaps;
        return drawn;
      },
      world: {
        rules: (version) => BOOKS[isRenamed && version === 'B' ? 'renamed' : version],
        environment: { PROGRAMS: 'survey', AGENTS: 'agent-*' },
        filters: ['onMessageAdded', 'onConversationUpdated'],
      },
      play,
      reckon,
      judge: (stage, verdict) =>
        judgeMemory(stage, verdict, { ...book, versions: swaps > 0 ? ['A', 'B'] : ['A'] }),
    };
  },
};

async function play(stage: Stage): Promise<void> {
  const { world, scheduler, maxMessages } = stage;
  const { random } = scheduler;
  const conversations = random() < 0.3 ? 2 : 1;
  for (let c = 0; c < conversations; c += 1) {
    const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    await world.service.customer.join({ conversationSid, identity: 'agent-ana' });
    const occasion: Occasion = { ...stage, conversationSid };
    let at = random() * MINUTE;
    const messages = Math.min(maxMessages, 4 + Math.floor(random() * 5));
    for (let n = 0; n < messages; n += 1) {
      at += random() < 0.2 ? random() * 500 : 2_000 + random() * MINUTE * 0.6;
      scheduler.after(at, () => void writeSomething(occasion));
    }
  }
}

async function writeSomething(occasion: Occasion): Promise<void> {
  const { world, scheduler, conversationSid, written, trace } = occasion;
  const draw = scheduler.random();
  if (draw < 0.06) return writeAsAgent(occasion);
  if (draw < 0.1) return ask(occasion);
  if (draw < 0.13) return giveBack(occasion);
  const kind = SAYS[Math.floor(scheduler.random() * SAYS.length)] ?? 'nothing';
  const body = draw < 0.17 ? 'stop' : draw < 0.22 ? 'bot' : `${kind} ${written.length}`;
  const { sid, index } = await world.service.customer.write({ conversationSid, body });
  written.push({ sid: String(sid), index: Number(index), conversationSid, body, due: 1, outcome: 'replied' });
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

async function giveBack({ world, conversationSid, trace }: Occasion): Promise<void> {
  const form = { Attributes: '{"parley":{"handover":"off"}}' };
  await world.program.request('POST', `/Conversations/${conversationSid}`, form, true);
  trace('somebody gives the conversation back');
}

const SILENT = ['handed_over', 'person', 'stop_word'];

/** Whether it was right to be silent is judged by what was remembered. */
async function reckon({ world, written }: Stage): Promise<void> {
  for (const [at, entry] of written.entries()) {
    if (entry.due === 0) continue;
    const { finished } = (await readRecord(world, entry)) ?? {};
    if (finished?.outcome === 'suppressed' && SILENT.includes(finished.reason ?? ''))
      written[at] = { ...entry, due: 0, outcome: 'suppressed' };
  }
}

async function judgeMemory({ world, written }: Stage, _: Verdict, book: Book): Promise<readonly string[]> {
  const conversations = new Set(written.map(({ conversationSid }) => conversationSid));
  const problems = await Promise.all(
    [...conversations].map((sid) => judgeConversation(world, written, sid, book)),
  );
  return problems.flat();
}

async function judgeConversation(
  world: SimulatedWorld,
  written: readonly Written[],
  conversationSid: string,
  book: Book,
): Promise<readonly string[]> {
  const all: { readonly noted: Noted; readonly key: string; readonly name: string }[] = [];
  for (const message of written.filter((each) => each.conversationSid === conversationSid)) {
    const record = await readRecord(world, message);
    if (record?.change !== undefined) return [`the record of "${message.body}" still holds what it changes`];
    if (record?.finished === undefined) continue;
    all.push({
      noted: notedOf(world, message, record),
      key: `onMessageAdded|${message.sid}`,
      name: message.body,
    });
  }
  for (const [{ sk }, { value }] of await world.store.list<MessageRecord>(conversationSid, 1_000)) {
    const event = world.watch.events.get(sk);
    if (event?.EventType !== 'onConversationUpdated' || value.finished === undefined) continue;
    // However late its webhook came.
    all.push({
      noted: { who: 'nobody', givesBackAt: Date.parse(event.DateUpdated ?? '') },
      key: sk,
      name: 'give back',
    });
  }
  // Clocks differ, so when a record was finished does not tell; the bot tells no more than the order here.
  const stored = await world.store.get<ConversationRecord>({ pk: conversationSid, sk: 'conversation' });
  const place = (key: string) => stored?.value.noted?.indexOf(shortHash(key, 12)) ?? -1;
  all.sort((a, b) => place(a.key) - place(b.key));
  let possible: readonly State[] = [NOTHING];
  for (const { noted, name } of all) {
    const next = possible.flatMap((state) => follow(state, noted, book));
    if (next.length === 0)
      return [`"${name}": ${JSON.stringify(noted)} cannot be, after ${JSON.stringify(possible)}`];
    possible = [...new Map(next.map((state) => [JSON.stringify(state), state])).values()];
  }
  const { question, values } = stored?.value.memory ?? {};
  const isSo = possible.some(
    (state) =>
      state.question?.rule === question?.rule &&
      state.question?.index === question?.index &&
      state.question?.misses === question?.misses &&
      state.order?.value === values?.['order'],
  );
  return isSo
    ? []
    : [`${JSON.stringify(stored?.value.memory)} is remembered, not ${JSON.stringify(possible)}`];
}

function notedOf(world: SimulatedWorld, message: Written, record: MessageRecord): Noted {
  const { index, body } = message;
  const at = writtenAt(world, message);
  if (message.byAgentAt !== undefined) return { who: 'person', index, at };
  if (message.due === 0 && body.startsWith('menu') && message.outcome.includes('none'))
    return { who: 'program', index };
  return { who: 'customer', index, at, body, seen: seenOf(world, message, record) };
}

function seenOf(world: SimulatedWorld, message: Written, { finished }: MessageRecord): Seen {
  const reply = repliesTo(world, message).at(-1);
  if (finished?.outcome === 'replied' && reply !== undefined) {
    const [version, said = '', , value] = reply.body.split(' ');
    return { said, version: version === 'B' ? 'B' : 'A', value, index: reply.index };
  }
  const { outcome, reason } = finished ?? {};
  if (outcome === 'suppressed' && (reason === 'handed_over' || reason === 'person' || reason === 'stop_word'))
    return { silent: reason };
  return 'failed';
}
