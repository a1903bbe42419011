import { httpApi, signedPost, toParams } from '../webhook/requests.ts';
import type { Canaries } from './canaries.ts';
import type { Leak, Outputs } from './outputs.ts';
import { type People, plantPeople, RULES } from './personal-data.ts';
import { createPlantedWorld, type PlantedWorld, WEBHOOK_URL } from './planted-world.ts';
import { madeErrors, thrownByAnswer } from './record-errors.ts';

/** A world full of canaries, after everybody was welcomed. */
export interface Scene {
  readonly world: PlantedWorld;
  readonly people: People;
  readonly canaries: Canaries;
  /** A customer writes on WhatsApp; the webhook comes in. */
  write(body: string, more?: object): Promise<void>;
  /** A signed webhook of our making; `changes` to the parameters, `headers` beside Twilio's. */
  post(
    changes: Record<string, string | string[]>,
    more?: { token?: string; headers?: Record<string, string> },
  ): Promise<void>;
  /** Ends the scene, and looks through everything that came out of it. */
  leaks(): readonly Leak[];
}

export interface SceneOptions {
  readonly canaries: Canaries;
  readonly outputs: Outputs;
  /** Settings of the bot. */
  readonly environment: Readonly<Record<string, string>>;
}

export async function createScene({ canaries, outputs, environment }: SceneOptions): Promise<Scene> {
  const world = createPlantedWorld({ canaries, outputs, rules: RULES, environment });
  const people = await plantPeople(world, canaries);
  await world.work();
  const { conversationSid, address } = people.phone;
  return {
    world,
    people,
    canaries,
    write: async (body, more = {}) => {
      await world.service.customer.write({ conversationSid, author: address, body, ...more });
      await world.service.idle();
    },
    post: async (changes, { token = world.authToken, headers = {} } = {}) => {
      const params = toParams({ ...webhookFields({ world, people, canaries }), ...changes });
      const webhook = signedPost(params, { token, url: WEBHOOK_URL });
      canaries.plantValue('signature', webhook.headers['X-Twilio-Signature'] ?? '');
      await world.receive(httpApi({ ...webhook, headers: { ...webhook.headers, ...headers } }));
    },
    leaks: () => {
      for (const error of [...madeErrors, ...thrownByAnswer]) outputs.add('error', error);
      for (const [key, item] of world.store.items()) outputs.add('table', JSON.stringify([key, item]));
      return outputs.leaks(canaries);
    },
  };
}

export function webhookFields({
  world: { service },
  people: { phone },
  canaries,
}: Pick<Scene, 'world' | 'people' | 'canaries'>): Record<string, string | string[]> {
  return {
    AccountSid: service.accountSid,
    Author: phone.address,
    Body: canaries.plant('Body of a webhook'),
    ChatServiceSid: service.serviceSid,
    ConversationSid: phone.conversationSid,
    DateCreated: new Date(service.timeline.now()).toISOString(),
    EventType: 'onMessageAdded',
    Index: '0',
    MessageSid: `IM${'7'.repeat(32)}`,
    ParticipantSid: `MB${'7'.repeat(32)}`,
    Source: 'WHATSAPP',
  };
}

/** The names of the metrics, and the reasons, codes and outcomes that were logged: which ways were gone. */
export function heardIn(outputs: Outputs): ReadonlySet<string> {
  const lines = outputs.of('log').map((line) => JSON.parse(line) as Record<string, unknown>);
  const values = lines.flatMap(({ reason, code, outcome }) => [reason, code, outcome]);
  return new Set([...lines.flatMap(Object.keys), ...values.map(String)]);
}
