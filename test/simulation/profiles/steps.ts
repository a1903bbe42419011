import { readRecord } from '../oracle.ts';
import { KIND, type Kind, type Occasion, writeAsCustomer } from '../people.ts';
import type { Profile, Stage } from '../profile.ts';
import { writtenAt } from '../replies.ts';
import { STEP_BOOKS, STEP_KIND } from '../step-rules.ts';

const MINUTE = 60_000;
/** A handover lasts a second, lists tell the time in whole ones, and clocks are off by one. */
const APART_MS = 4_000;

const KINDS: readonly Kind[] = [STEP_KIND.help, STEP_KIND.help, STEP_KIND.mark, STEP_KIND.full, KIND.two];

/** Answers that tag what was written and invite people, some of them without a word, while everything fails. */
export const steps: Profile = {
  name: 'steps',
  about: 'Answers tag messages and invite people among what they say; one of their tags is always too long',
  scene: () => ({
    world: { rules: (version) => STEP_BOOKS[version] },
    play,
    reckon,
  }),
};

/** What is written while an answer that hands over waits, is a person's. */
async function reckon({ world, written }: Stage): Promise<void> {
  const handedOver = new Map<string, number>();
  for (const [at, entry] of written.entries()) {
    const { finished } = (await readRecord(world, entry)) ?? {};
    const until = handedOver.get(entry.conversationSid) ?? 0;
    if (finished?.reason === 'handed_over' && writtenAt(world, entry) < until) {
      const { steps: _, ...silent } = entry;
      written[at] = { ...silent, due: 0, outcome: 'suppressed' };
    }
    if (finished?.outcome === 'replied' && entry.steps?.invites)
      handedOver.set(entry.conversationSid, finished.at + APART_MS);
  }
}

async function play(stage: Stage): Promise<void> {
  const { world, scheduler, maxMessages } = stage;
  const { random } = scheduler;
  for (let c = 0; c < 1 + Math.floor(random() * 2); c += 1) {
    const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
    const occasion: Occasion = { ...stage, conversationSid: String(conversation['sid']) };
    let at = random() * MINUTE;
    for (let n = 0; n < 1 + Math.floor(random() * Math.min(5, maxMessages)); n += 1) {
      at += APART_MS + (random() < 0.5 ? 0 : random() * MINUTE);
      const kind = KINDS[Math.floor(random() * KINDS.length)] ?? KIND.one;
      scheduler.after(at, () => void writeAsCustomer(occasion, kind));
    }
  }
}
