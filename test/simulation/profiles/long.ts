import { atMost } from '../calm.ts';
import { readRecord, type Written } from '../oracle.ts';
import { KIND, type Occasion, writeAsCustomer } from '../people.ts';
import type { Profile, Stage } from '../profile.ts';
import { bookOf, oneAndTwo } from '../rules.ts';
import { EPOCH } from '../scheduler.ts';
import type { Version } from '../world.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Looking back ends there (docs/guarantees.md). */
const CUT = 1_000;
/** So many in a row from before the installation end it as well. */
const OLD_IN_A_ROW = 100;

function compile(version: Version) {
  return bookOf(`version: 1
quiet_after_person: 0s
rules:
  - { id: welcome, when: { event: onParticipantAdded, channel: chat }, then: { text: '${version} answer 0' } }
${oneAndTwo(version)}`);
}

const BOOKS = { A: compile('A'), B: compile('B') };

/** Imports of more than a page and of more than is looked at, before people write and while they do. */
export const long: Profile = {
  name: 'long',
  about:
    'Conversations of hundreds and of more than a thousand messages: second pages, and looks that are cut',
  share: 0.25,
  scene: () => ({
    // A list lags as a whole (docs/guarantees.md): its second page is no older than its first.
    load: (drawn) => ({ ...atMost(drawn, 0.1), staleList: 0 }),
    world: { rules: (version) => BOOKS[version], filters: ['onMessageAdded', 'onParticipantAdded'] },
    play,
    reckon,
  }),
};

async function play(stage: Stage): Promise<void> {
  const { world, scheduler } = stage;
  const { random } = scheduler;
  const { customer } = world.service;
  const { conversation } = await customer.startConversation({ channel: 'whatsapp' });
  const conversationSid = String(conversation['sid']);
  const occasion: Occasion = { ...stage, conversationSid };
  const isHuge = random() < 0.4;
  const many = () => (isHuge ? CUT + 20 + Math.floor(random() * 100) : 110 + Math.floor(random() * 150));
  // Most imports are of what was written long ago; some tell no date.
  const isOld = isHuge || random() < 0.7;
  const form = (n: number) => ({
    Author: 'archive',
    Body: `nothing ${n}`,
    ...(isOld ? { DateCreated: new Date(EPOCH - DAY + n * 1_000).toISOString() } : {}),
  });
  const importMany = () => {
    const count = many();
    stage.trace(`${count} messages are imported`);
    return world.program.importMessages(conversationSid, count, form);
  };
  const isEarly = random() < 0.6;
  if (isEarly) await importMany();
  let at = random() * MINUTE;
  const messages = 1 + Math.floor(random() * 3);
  for (let n = 0; n < messages; n += 1) {
    scheduler.after(at, () => void writeAsCustomer(occasion, random() < 0.5 ? KIND.one : KIND.two));
    at += random() < 0.3 ? random() * 50 : 1_000 + random() * MINUTE;
    // In the middle of answering what was just written.
    if (!isEarly && n === 0) scheduler.after(at - random() * 1_000, () => void importMany());
  }
  if (random() < 0.5) scheduler.after(random() * at, () => void join(occasion));
}

async function join({ world, conversationSid, written, trace }: Occasion): Promise<void> {
  const { sid } = await world.service.customer.join({ conversationSid, identity: 'guest' });
  trace('a guest joins');
  const expected = { due: 1, outcome: 'replied' };
  const body = 'guest joined';
  written.push({
    sid: String(sid),
    event: 'onParticipantAdded',
    index: -1,
    conversationSid,
    body,
    ...expected,
  });
}

/**
 * What may be beyond our sight: a message lost behind a thousand others, and a send behind which a thousand came. What
 * stood so far back by the time it was heard of has no place in the order: those after it could not know of it.
 */
async function reckon({ world, written }: Stage): Promise<void> {
  const newest = Math.max(-1, ...world.shown.map(({ index }) => index));
  const heard = [...world.watch.heard.keys()];
  for (const [at, entry] of written.entries()) {
    const { event = 'onMessageAdded', sid, index, due, outcome } = entry;
    const isHeard = heard.some((key) => key.startsWith(`${event}|${sid}`));
    const isBuried = newest - index >= CUT || isBehindOld(world, index);
    if (isBuried && (await endedUnknown(world, entry))) {
      written[at] = { ...entry, due: 0, most: due, outcome: 'quarantined' };
    } else if (!isHeard && (isBuried || event !== 'onMessageAdded')) {
      written[at] = { ...entry, due: 0, most: due, outcome: `${outcome}|none`, mayBeLost: true };
    } else if (isBuried && queuedAt(world, entry) > buriedAt(world, index)) {
      written[at] = { ...entry, index: -1 };
    }
  }
}

function isBehindOld(world: Stage['world'], index: number): boolean {
  return oldAfter(world, index).length >= OLD_IN_A_ROW;
}

function oldAfter({ shown }: Stage['world'], index: number) {
  return shown.filter((message) => message.index > index && Date.parse(message.date_created) < EPOCH);
}

/** When there were so many messages after it, in milliseconds since the epoch. */
function buriedAt(world: Stage['world'], index: number): number {
  const last = world.shown.find((message) => message.index >= index + CUT);
  const old = oldAfter(world, index)[OLD_IN_A_ROW - 1];
  return Math.min(...[last, old].map((message) => message?.at ?? Number.POSITIVE_INFINITY));
}

function queuedAt({ watch }: Stage['world'], { sid }: Written): number {
  return watch.queuedKeys.get(`onMessageAdded|${sid}`) ?? Number.POSITIVE_INFINITY;
}

async function endedUnknown(world: Stage['world'], entry: Written): Promise<boolean> {
  return (await readRecord(world, entry))?.finished?.reason === 'unknown_outcome';
}
