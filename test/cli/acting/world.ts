import { startWorld, type World } from '../../../local/world.ts';
import { seededRandom } from '../../../talks/testing/seeded-random.ts';
import { type Ran, run } from '../support.ts';

/** The world of `npm start`, and the command line beside it, in this process. */
export interface ActingWorld {
  readonly world: World;
  /** `parley <args> --stage local`, which changes things for "a test". */
  act(...args: readonly string[]): Promise<Ran>;
  /** A new conversation by SMS. @returns its SID */
  startConversation(): Promise<string>;
  /** @returns the SID of the message */
  write(conversationSid: string, body: string): Promise<string>;
}

export async function startActingWorld(): Promise<ActingWorld> {
  const world = await startWorld({ port: 0, environment: {}, random: seededRandom(1) });
  const { customer } = world.service;
  return {
    world,
    act: (...args) =>
      run([...args, '--stage', 'local', '--port', new URL(world.url).port, '--reason', 'a test']),
    startConversation: async () => {
      const { conversation } = await customer.startConversation({ channel: 'sms' });
      return String(conversation['sid']);
    },
    write: async (conversationSid, body) => {
      const message = await customer.write({ conversationSid, body });
      await world.idle();
      return String(message['sid']);
    },
  };
}
