import { readRecord, type Written } from '../oracle.ts';
import { KIND, type Occasion, postAsProgram, writeAsCustomer } from '../people.ts';
import type { Profile, Stage } from '../profile.ts';
import { bookOf, oneAndTwo } from '../rules.ts';
import type { Version } from '../world.ts';

const MINUTE = 60_000;
/** For so long the webhook of what was read back is waited for: only that says who wrote it. */
const WAITS_MS = MINUTE;
const ENDS_WAITING_MS = 15 * MINUTE;

function compile(version: Version) {
  return bookOf(`version: 1
quiet_after_person: 0s
rules:
  - { id: picture, when: { media: image/* }, then: { text: '${version} answer' } }
${oneAndTwo(version)}`);
}

const BOOKS = { A: compile('A'), B: compile('B') };

/** Other programs that post under their own name and under the customer's; customers on chat; pictures. */
export const programs: Profile = {
  name: 'programs',
  about:
    'Programs post in their own and in a customer’s name, and the next message overtakes their webhooks; pictures; chat',
  scene: () => ({
    load: (drawn) => ({ ...drawn, webhookDrop: drawn.webhookDrop / 4, parameter: drawn.staleList / 2 }),
    world: {
      rules: (version) => BOOKS[version],
      environment: { PROGRAMS: 'survey', AGENTS: 'agent-*' },
    },
    play,
    reckon: async ({ world, written }) => {
      for (const [at, entry] of written.entries()) {
        if (entry.outcome !== 'program') continue;
        written[at] = { ...entry, ...(await expected(world, entry)) };
      }
    },
  }),
};

async function play(stage: Stage): Promise<void> {
  const { world, scheduler } = stage;
  const { random } = scheduler;
  for (let c = 0; c < 1 + Math.floor(random() * 2); c += 1) {
    const channel = random() < 0.5 ? 'chat' : 'whatsapp';
    const { conversation, participant } = await world.service.customer.startConversation({
      channel,
      ...(channel === 'chat' ? { author: 'kim' } : {}),
    });
    const conversationSid = String(conversation['sid']);
    const { address } = (participant['messaging_binding'] ?? {}) as { address?: string };
    const occasion: Occasion = { ...stage, conversationSid };
    let at = random() * MINUTE;
    for (let n = 0; n < 2 + Math.floor(random() * 5); n += 1) {
      at += random() < 0.5 ? random() * 200 : 1_000 + random() * MINUTE;
      const draw = random();
      scheduler.after(at, () => {
        if (draw < 0.2) void postInName(occasion, address ?? 'kim', true);
        else if (draw < 0.25) void postInName(occasion, 'survey', random() < 0.5);
        // A number that is nobody's here: it came by no channel, whatever it looks like.
        else if (draw < 0.3) void postInName(occasion, '+15550100098', random() < 0.5);
        else if (draw < 0.4) void postAsProgram(occasion);
        else if (draw < 0.55) void sendPicture(occasion);
        else void writeAsCustomer(occasion, draw < 0.8 ? KIND.one : KIND.two);
      });
    }
  }
}

/** How it must end is known only when all is over: see `expected`. */
async function postInName(
  { world, conversationSid, written, trace }: Occasion,
  Author: string,
  tells: boolean,
) {
  const body = `one ${written.length}`;
  const posted = await world.post(conversationSid, { Author, Body: body }, tells);
  const { sid, index } = posted as { sid: string; index: number };
  const isCustomers = Author !== 'survey' && Author !== '+15550100098';
  const outcome = isCustomers ? 'program' : 'suppressed|none';
  written.push({ sid, index, conversationSid, body, due: 0, outcome });
  trace(`a program writes "${body}" as ${isCustomers ? 'the customer' : Author} (index ${index})`);
}

/**
 * A program that speaks in the customer's name is never answered where its webhook was on the queue in time: only that
 * says that it was a program. Where that never came, or still waits there after a quarter of an hour, what is read back looks
 * like the customer.
 */
async function expected(
  world: Stage['world'],
  entry: Written,
): Promise<Pick<Written, 'due' | 'most' | 'outcome'>> {
  const { sid, index } = entry;
  const writtenAt = world.shown.find((message) => message.sid === sid)?.at ?? 0;
  const queuedAt = world.watch.queuedKeys.get(`onMessageAdded|${sid}`) ?? Number.POSITIVE_INFINITY;
  const isInTime = queuedAt - writtenAt < WAITS_MS - 15_000;
  const endedAt = (await readRecord(world, entry))?.finished?.at ?? 0;
  // Where nobody has spoken yet, nobody waits for who began.
  if (index > 0 && isInTime && endedAt - writtenAt < ENDS_WAITING_MS)
    return { due: 0, outcome: 'suppressed' };
  return { due: 0, most: 1, outcome: 'suppressed|replied|none' };
}

async function sendPicture({ world, scheduler, conversationSid, written, trace }: Occasion): Promise<void> {
  const media = [{ contentType: scheduler.random() < 0.7 ? 'image/gif' : 'audio/ogg' }];
  const { sid, index } = await world.service.customer.write({ conversationSid, media });
  const isSeen = media[0]?.contentType === 'image/gif';
  const body = `a file that is number ${written.length}`;
  const due = isSeen ? { due: 1, outcome: 'replied' } : { due: 0, outcome: 'no_rule' };
  written.push({ sid: String(sid), index: Number(index), conversationSid, body, ...due });
  trace(`the customer sends ${body} (index ${index})`);
}
