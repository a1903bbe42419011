import { STALE_LIST_MS } from '../../../lib/history/missed-messages.ts';
import { backoff } from '../../../lib/retry.ts';
import type { Deliveries } from '../deliveries.ts';
import { readRecord, type Written } from '../oracle.ts';
import { KIND, type Occasion, writeAsCustomer } from '../people.ts';
import type { Stage } from '../profile.ts';
import { bookOf } from '../rules.ts';
import type { Version } from '../world.ts';

const MINUTE = 60_000;
/** The settle time and an invocation's time; the backoff comes on top. */
const ENDS_WITHIN_MS = 45_000 + 30_000;
/** Within it comes again what only waited until Twilio's list showed what Twilio had told of. */
const ONLY_WAITED_MS = 1.5 * STALE_LIST_MS;
/** What waited is decided as soon as its turn comes. */
const NEXT_WITHIN_MS = 2 * MINUTE;
const DELIVERIES = 5;

/** A message that nobody can answer, and what waits behind it. */
export interface Victim {
  readonly written: Written | undefined;
}

function compile(version: Version) {
  return bookOf(`version: 1
quiet_after_person: 0s
rules:
  - id: one
    when: { pattern: '^one (?<n>\\d+)$' }
    then: { text: '${version} answer {{ match.n }}' }
  - id: two
    when: { pattern: '^two (?<n>\\d+)$' }
    then:
      - { text: '${version} first {{ match.n }} {{ participant.attributes.name | default: "you" }}' }
      - { text: '${version} second {{ match.n }}' }
`);
}

/** Who asks for two parts is read from Twilio first. */
export const BOOKS = { A: compile('A'), B: compile('B') };

/** One message of two parts that will fail, two or three behind it, and as many in another conversation. */
export async function playVictim(stage: Stage, onVictim: (victim: Written) => void): Promise<void> {
  const { world, scheduler } = stage;
  const { random } = scheduler;
  for (const isVictims of [true, false]) {
    const channel = random() < 0.7 ? 'whatsapp' : 'sms';
    const { conversation } = await world.service.customer.startConversation({ channel });
    const occasion: Occasion = { ...stage, conversationSid: String(conversation['sid']) };
    let at = random() * MINUTE;
    // Sometimes there is one before it, so that it is not the first of its conversation.
    if (random() < 0.5) scheduler.after(at, () => void writeAsCustomer(occasion, KIND.one));
    at += 100 + random() * MINUTE;
    if (isVictims) {
      scheduler.after(at, () => {
        // Known before its webhook goes out: what is written is told of at once.
        const before = stage.written.length;
        void writeAsCustomer(occasion, KIND.two).then(() => {
          const [victim] = stage.written.slice(before);
          if (victim !== undefined) onVictim(victim);
        });
      });
    }
    for (let n = 0; n < 2 + Math.floor(random() * 2); n += 1) {
      at += random() < 0.4 ? random() * 50 : random() * 2 * MINUTE;
      scheduler.after(at, () => void writeAsCustomer(occasion, random() < 0.5 ? KIND.one : KIND.two));
    }
  }
}

/** Any outcome is as good as any other, and no part of its answer is owed; but see `judgeEnd`. */
export function oweNothing(written: Written[], sid: string | undefined): void {
  const at = written.findIndex((message) => message.sid === sid);
  const victim = written[at];
  if (victim === undefined) return;
  written[at] = { ...victim, due: 0, most: 2, outcome: 'replied|quarantined' };
}

function longestBackoff(receiveCount: number): number {
  return backoff(receiveCount, () => 1);
}

/** It has ended by the fifth delivery that tries it, or one backoff and settle time later; what waited behind it comes next. */
export async function judgeEnd(
  { world, written }: Stage,
  victimSid: string | undefined,
  deliveries: Deliveries,
  patienceMs = ENDS_WITHIN_MS,
): Promise<readonly string[]> {
  const victim = written.find(({ sid }) => sid === victimSid);
  if (victim === undefined) return [];
  const problems: string[] = [];
  const ended = (await readRecord(world, victim))?.finished?.at ?? Number.POSITIVE_INFINITY;
  const all = deliveries.of(`onMessageAdded|${victim.sid}`);
  // What stood behind another in its batch went back with it, and was not tried.
  const turns = deliveries.turnsOf(`onMessageAdded|${victim.sid}`);
  const tries = all.filter(
    (at, n) => turns.includes(at) && (all[n + 1] ?? Number.POSITIVE_INFINITY) - at > ONLY_WAITED_MS,
  );
  const fifth = tries[DELIVERIES - 1];
  if (fifth !== undefined && ended - fifth > patienceMs + longestBackoff(all.indexOf(fifth) + 1)) {
    const late = Number.isFinite(ended) ? `${Math.round((ended - fifth) / 1_000)} s after it` : 'never';
    problems.push(`"${victim.body}" was to end at the fifth of ${tries.length} tries, and ended ${late}`);
  }
  for (const next of written) {
    if (next.conversationSid !== victim.conversationSid || next.index <= victim.index) continue;
    const at = (await readRecord(world, next))?.finished?.at;
    const heard = world.watch.heard.get(`onMessageAdded|${next.sid}`) ?? 0;
    if (at === undefined || !Number.isFinite(ended)) continue;
    const waited = at - Math.max(ended, heard);
    if (waited > NEXT_WITHIN_MS) {
      problems.push(`"${next.body}" waited ${Math.round(waited / 1_000)} s more behind "${victim.body}"`);
    }
  }
  return problems;
}
