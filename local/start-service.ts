import { createConversationsService, deliverOverHttp, listen, writeStateFile } from '../emulator/index.ts';
import { readConfig } from '../lib/config.ts';
import { botEnvironment } from './bot/bot-environment.ts';
import { namesOf } from './host.ts';
import { chooseIdentity, type Identity } from './identity.ts';
import { machineClock } from './machine-clock.ts';
import { createPage } from './page/create-page.ts';
import { readState } from './read-state.ts';
import type { Seed } from './seed/load-seed.ts';

export interface StartServiceOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Which address of this machine to listen on. @default 127.0.0.1 */
  readonly host?: string;
  /** Where onMessageAdded goes, when it goes anywhere. */
  readonly webhook: string | undefined;
  /** A file to read what the service knows from, and to write it to in the end. */
  readonly state: string | undefined;
  /** A file that says what it knows at first, where `state` has nothing yet. */
  readonly seed: string | undefined;
  /** Whom it takes values from (identity.ts). */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The Conversations service and its page, without a bot. */
export interface RunningService extends Identity {
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws ConfigError, CommandError for a state or a seed that cannot be used, or what listening throws when the port is in use */
export async function startService(options: StartServiceOptions): Promise<RunningService> {
  const { port, host = '127.0.0.1', webhook, state, environment } = options;
  const seed = options.seed === undefined ? undefined : await read(options.seed);
  const identity = chooseIdentity(environment, Math.random);
  checkIdentity(identity);
  const service = createConversationsService({
    ...identity,
    serviceSid: seed?.serviceSid ?? identity.serviceSid,
    clock: machineClock,
    random: Math.random,
    deliver: deliverOverHttp,
  });
  const isLoaded = state !== undefined && (await readState(service, state));
  if (!isLoaded) await seed?.plant(service);
  if (webhook !== undefined) {
    service.configureWebhooks({ PostWebhookUrl: webhook, Filters: ['onMessageAdded'] });
  }
  service.keepAsStart();
  const page = createPage({ service });
  const server = await listen(service, { port, host, hostNames: namesOf(host), other: page.handle });
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

/** As the bot's functions would read it. */
function checkIdentity(identity: Identity): void {
  const here = 'http://127.0.0.1:4000';
  for (const name of ['receive', 'reply'] as const)
    readConfig(name, botEnvironment({}, identity, here, here));
}

/** A seed is YAML, whose parser most runs never need. */
async function read(file: string): Promise<Seed> {
  const { loadSeed } = await import('./seed/load-seed.ts');
  return await loadSeed(file);
}
