import { userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod/mini';
import { fixedSecret } from '../../lib/aws/secret.ts';
import { type FunctionName, readConfig } from '../../lib/config.ts';
import { parseJson } from '../../lib/json.ts';
import type { Clock, ItemsOf, Key, KeysOf, Versioned } from '../../lib/ports.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { valuesIn } from './metrics-in-log.ts';
import { readLogLine } from './read-log-line.ts';
import type { DeadLetter, QueueDepth, Stage } from './stage.ts';
import { LOCAL_STAGE } from './stage-options.ts';
import { twilioOf } from './twilio-of.ts';

/** What the world answers, beside what each call gives (local/operator/serve-operator.ts). */
const answerShape = z.object({ result: z.optional(z.unknown()) });

interface KeptLine {
  readonly at: number;
  readonly function: FunctionName;
  readonly line: string;
}

/**
 * The world of `npm start` as a stage, over its own port.
 *
 * @throws CommandError when no world listens there
 */
export async function openWorldStage(port: number): Promise<Stage> {
  const url = `http://127.0.0.1:${port}`;
  const call = createCall(url);
  const [settings, now] = await Promise.all([call<Stage['settings']>('settings'), call<number>('now')]);
  const ahead = now - Date.now();
  const clock: Clock = {
    now: () => Date.now() + ahead,
    sleep: async (ms) => {
      await delay(ms);
    },
  };
  const config = readConfig('reconcile', settings.reconcile);
  const twilio = twilioOf({
    config,
    apiKey: fixedSecret({
      sid: config.TWILIO_API_KEY_SID ?? '',
      secret: config.TWILIO_API_KEY_SECRET ?? '',
    }),
    clock,
    random: Math.random,
  });
  return {
    ...twilio,
    name: LOCAL_STAGE,
    given: { stage: LOCAL_STAGE, port },
    settings,
    clock,
    random: Math.random,
    table: {
      get: async <T>(key: Key) => call<Versioned<T> | undefined>('table.get', key),
      getAll: async <T extends readonly unknown[]>(keys: KeysOf<T>) =>
        (await Promise.all(keys.map((key) => call('table.get', key)))) as unknown as ItemsOf<T>,
      put: (...asked) => call('table.put', ...asked),
      list: (...asked) => call('table.list', ...asked),
      remove: (...asked) => call('table.remove', ...asked),
      async *scan() {
        yield* await call<readonly (readonly [Key, Versioned<unknown>])[]>('table.items');
      },
    },
    queue: { send: (message) => call('queue.send', message), depth: () => call<QueueDepth>('queue.depth') },
    deadLetters: {
      count: () => call<number>('dead.count'),
      read: (max) => call<readonly DeadLetter[]>('dead.read', max),
      remove: (letter) => call('dead.remove', letter),
      // Nobody else reads them here, so none is hidden.
      release: async () => undefined,
    },
    metrics: {
      read: async (queries, { from, to, periodSeconds }) => {
        const kept = await call<readonly KeptLine[]>('log', from, to);
        return queries.map((query) => valuesIn(kept, query, periodSeconds));
      },
    },
    logs: {
      find: async (word, { from, to, limit }) => {
        const kept = await call<readonly KeptLine[]>('log', from, to);
        return kept
          .filter(({ line }) => line.includes(word))
          .flatMap((one) => readLogLine(one.function, one.line, one.at) ?? [])
          .slice(0, limit);
      },
    },
    reconcile: (asked) => call('reconcile', asked),
    operator: async () => userInfo().username,
    close: twilio.close,
  };
}

function createCall(url: string) {
  return async <T>(name: string, ...args: readonly unknown[]): Promise<T> => {
    const answer = await fetch(`${url}/operator/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      // JSON has no undefined, and a version that is not expected is null there.
      body: JSON.stringify(args),
    }).catch((error: unknown) => {
      throw new CommandError(
        FAILED,
        `No local world listens at ${url}: start one with npm start, or give its --port.`,
        { cause: error },
      );
    });
    const body = answerShape.safeParse(parseJson(await answer.text()));
    if (!answer.ok || !body.success) {
      throw new CommandError(FAILED, `What listens at ${url} is not a local world with a bot that runs.`);
    }
    return body.data.result as T;
  };
}
