import { FAILED } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';
import {
  type ConversationsService,
  createConversationsService,
  deliverOverHttp,
  listen,
  readStateFile,
  writeStateFile,
} from '../emulator/index.ts';
import { chooseIdentity, type Identity } from './identity.ts';
import { machineClock } from './machine-clock.ts';
import { createPage } from './page/create-page.ts';

export interface StartServiceOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Where onMessageAdded goes, when it goes anywhere. */
  readonly webhook: string | undefined;
  /** A file to read what the service knows from, and to write it to in the end. */
  readonly state: string | undefined;
}

/** The Conversations service and its page, without a bot. */
export interface RunningService extends Identity {
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws CommandError for a state that cannot be loaded, or what listening throws when the port is in use */
export async function startService({ port, webhook, state }: StartServiceOptions): Promise<RunningService> {
  const identity = chooseIdentity(process.env, Math.random);
  const service = createConversationsService({
    ...identity,
    clock: machineClock,
    random: Math.random,
    deliver: deliverOverHttp,
  });
  if (state !== undefined) await load(service, state);
  if (webhook !== undefined) {
    service.configureWebhooks({ PostWebhookUrl: webhook, Filters: ['onMessageAdded'] });
  }
  const page = createPage({ service });
  const server = await listen(service, { port, other: page.handle });
  return {
    ...identity,
    serviceSid: service.serviceSid,
    url: server.url,
    stop: async () => {
      if (state !== undefined) await writeStateFile(service, state);
      await server.close();
    },
  };
}

async function load(service: ConversationsService, file: string): Promise<void> {
  await readStateFile(service, file).catch((error) => {
    throw new CommandError(FAILED, `${file} cannot be loaded: ${error.message}`, { cause: error });
  });
}
