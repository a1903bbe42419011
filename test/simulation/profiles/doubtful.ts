import { drawKind, type Occasion, writeAsAgent, writeAsCustomer } from '../people.ts';
import type { Profile, Stage } from '../profile.ts';
import { bookOf, QUIET_MS } from '../rules.ts';
import type { Version } from '../world.ts';

const MINUTE = 60_000;
/** How long Twilio does not show by its SID what it has just told of. */
const LAG_MS = 1_500;

function compile(version: Version) {
  return bookOf(`version: 1
quiet_after_person: ${QUIET_MS / 1000}s
opt_out: { handled_on: [sms, whatsapp, chat] }
templates:
  missing: { sid: HX${'e'.repeat(32)} }
rules:
  - { id: ignored, when: { keyword: ignored }, then: { ignore: true } }
  - id: one
    when: { pattern: '^one (?<n>\\d+)$' }
    then: { text: '${version} answer {{ match.n }} {{ participant.attributes.name | default: "you" }}' }
  - id: two
    when: { pattern: '^two (?<n>\\d+)$' }
    then:
      - { text: '${version} first {{ match.n }} {{ conversation.friendly_name | default: "here" }}' }
      - { text: '${version} second {{ match.n }}' }
  - id: broken
    when: { pattern: '^broken \\d+$' }
    then: { template: missing }
`);
}

const BOOKS = { A: compile('A'), B: compile('B') };

/** A parameter beside the texts of most webhooks; agents are known by their role; reads lag behind webhooks. */
export const doubtful: Profile = {
  name: 'doubtful',
  about:
    'Webhooks whose words are to be read from Twilio, agents by their role, values of participants and conversations, all of which lag',
  scene: ({ random, now }) => {
    const since = new Map<string, number>();
    return {
      load: (drawn) => ({ ...drawn, parameter: random() * 0.8, webhookDrop: drawn.webhookDrop / 2 }),
      world: {
        rules: (version) => BOOKS[version],
        tamper: (chance) => ({
          ...chance,
          atRequest: (process, request) => {
            const sid = /\/((?:IM|MB|CH)\w{32})$/.exec(request.path)?.[1] ?? '';
            if (request.method === 'GET' && now() - (since.get(sid) ?? 0) < LAG_MS) {
              return { kind: 'error', code: 20404 };
            }
            return chance.atRequest(process, request);
          },
        }),
      },
      play: (stage) => {
        stage.world.service.subscribe((happening) => {
          if (!('resource' in happening) || happening.change !== 'added') return;
          since.set(String(happening.resource['sid']), now());
        });
        return play(stage);
      },
    };
  },
};

async function play(stage: Stage): Promise<void> {
  const { world, scheduler } = stage;
  const { random } = scheduler;
  const role = { FriendlyName: 'agent', Type: 'conversation', Permission: 'sendMessage' };
  const { sid: RoleSid } = (await world.program.request('POST', '/Roles', role)) as { sid: string };
  world.setSettings({ AGENTS: RoleSid });
  const conversations = 1 + Math.floor(random() * 2);
  for (let c = 0; c < conversations; c += 1) {
    const channel = random() < 0.5 ? 'whatsapp' : 'chat';
    const { conversation } = await world.service.customer.startConversation({
      channel,
      friendlyName: 'Order',
      ...(channel === 'chat' ? { author: 'kim' } : {}),
    });
    const occasion: Occasion = { ...stage, conversationSid: String(conversation['sid']), agent: 'ana' };
    let at = random() * MINUTE;
    const messages = 1 + Math.floor(random() * 4);
    const agentAt = random() < 0.5 ? Math.floor(random() * messages) : -1;
    for (let n = 0; n < messages; n += 1) {
      at += random() < 0.3 ? random() * 50 : 1_000 + random() * MINUTE;
      // Who joins writes at once: what is read of them lags behind.
      const leaves = channel === 'whatsapp' && agentAt > 0 && random() < 0.5;
      if (n === agentAt) scheduler.after(at, () => void joinAndWrite(occasion, RoleSid, leaves));
      else scheduler.after(at, () => void writeAsCustomer(occasion, drawKind(random)));
    }
  }
}

/** Whoever leaves at once has no role any more that Twilio could show, and is one of your people all the same. */
async function joinAndWrite(occasion: Occasion, RoleSid: string, leaves: boolean): Promise<void> {
  const { world, conversationSid } = occasion;
  const agent = { Identity: 'ana', RoleSid };
  await world.program.request('POST', `/Conversations/${conversationSid}/Participants`, agent);
  await writeAsAgent(occasion);
  if (leaves) await world.service.customer.leave({ conversationSid, author: 'ana' });
}
