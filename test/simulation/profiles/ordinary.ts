import { pauses, writeSomething } from '../people.ts';
import type { Profile, Stage } from '../profile.ts';

const MINUTE = 60_000;
/** People stop when the faults do. */
const TROUBLE_MS = 8 * MINUTE;

/** A few short conversations in one service, with everything failing now and then. The corpus is of these seeds. */
export const ordinary: Profile = {
  name: 'ordinary',
  about:
    'A few people write a few messages, an agent and a program among them, while everything fails now and then',
  share: 8,
  scene: () => ({}),
};

/** What people do where a profile says nothing else. */
export async function playOrdinary({ world, scheduler, written, trace, maxMessages }: Stage): Promise<void> {
  const { random } = scheduler;
  let left = 1 + Math.floor(random() * maxMessages);
  const conversations = 1 + Math.floor(random() * 3);
  for (let c = 0; c < conversations; c += 1) {
    const channel = random() < 0.7 ? 'whatsapp' : 'sms';
    const { conversation } = await world.service.customer.startConversation({ channel });
    const conversationSid = String(conversation['sid']);
    await world.service.customer.join({ conversationSid, identity: 'agent-ana' });
    const mine = c === conversations - 1 ? left : Math.floor(random() * (left + 1));
    left -= mine;
    const pause = pauses(random);
    let at = random() * MINUTE;
    for (let n = 0; n < mine; n += 1) {
      at += pause();
      const occasion = { world, scheduler, conversationSid, written, trace };
      scheduler.after(Math.min(at, TROUBLE_MS), () => void writeSomething(occasion));
    }
  }
}
