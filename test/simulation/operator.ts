import { AwsError } from '../../lib/aws/aws-error.ts';
import type { Mode } from '../../lib/guards/guard.ts';
import { messageAddedFrom } from '../../lib/history/message-event.ts';
import type { Key, Store } from '../../lib/ports.ts';
import { type Letter, redrive, replay } from '../../lib/queue/again.ts';
import { muteConversation, unmuteConversation } from '../../lib/record/by-hand.ts';
import type { ChangePorts } from '../../lib/record/change-item.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { conversationKey, MODE_KEY } from '../../lib/record/keys.ts';
import { type ModeItem, saveMode } from '../../lib/record/mode.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';
import { ACCOUNT } from './account.ts';
import type { Written } from './oracle.ts';
import type { Stage } from './profile.ts';

/** A stretch of time in which something held, in milliseconds since the epoch. */
export interface Spell {
  readonly from: number;
  to: number;
}

/** What operators did, for the judge. */
export interface Operator {
  /** In which no answer may begin, from ten seconds after its begin on. */
  readonly silent: readonly Spell[];
  /** The same of one conversation. */
  readonly muted: readonly (Spell & { readonly conversationSid: string })[];
  press(mode: Mode, forMs?: number): Promise<void>;
  mute(conversationSid: string, forMs: number): Promise<void>;
  unmute(conversationSid: string): Promise<void>;
  redrive(letter: Letter): Promise<void>;
  /** @param id of the order under which it is replayed */
  replay(message: Written, id: string): Promise<void>;
}

const FAILS = 0.15;
/** How long what operators put back may be answered. */
const ANSWERABLE_MS = 60 * 60_000;

/** Somebody at a command line, whose own calls fail now and then before or after their effect: they do it again. */
export function createOperator({ world, scheduler, trace }: Stage): Operator {
  const { random } = scheduler;
  const silent: Spell[] = [];
  const muted: (Spell & { readonly conversationSid: string })[] = [];
  const ports: ChangePorts = {
    clock: scheduler,
    store: {
      get: (key) => flaky('get', () => world.store.get(key)),
      put: (key, item, expected) =>
        flaky('put', async () => {
          const isSaved = await world.store.put(key, item, expected);
          if (isSaved) end(key);
          return isSaved;
        }),
    } as Pick<Store, 'get' | 'put'>,
  };

  async function flaky<T>(name: string, call: () => Promise<T>): Promise<T> {
    await scheduler.sleep(random() * 50);
    if (random() < FAILS) throw new AwsError(name, new Error());
    const result = await call();
    if (random() < FAILS) throw new AwsError(name, new Error());
    return result;
  }

  async function untilDone<T>(act: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        await scheduler.sleep(random() * 500);
      }
    }
  }

  /** What is written last is right, be it by whom it may: two press at once, and whoever fails does it again. */
  function end({ pk, sk }: Key): void {
    const hushed = muted.filter(({ conversationSid }) => conversationSid === pk);
    for (const spell of sk === MODE_KEY.sk ? silent : hushed) spell.to = Math.min(spell.to, scheduler.now());
  }

  return {
    silent,
    muted,
    press: async (mode, forMs) => {
      trace(`an operator presses ${mode}${forMs === undefined ? '' : ` for ${Math.round(forMs)} ms`}`);
      const until = forMs === undefined ? {} : { until: Math.floor(scheduler.now() + forMs) };
      const { at } = await untilDone(() =>
        saveMode(ports, { mode, ...until, reason: 'simulated', by: 'ana' }),
      );
      const holds = (await world.store.get<ModeItem>(MODE_KEY))?.value.at === at;
      const to = until.until ?? Number.POSITIVE_INFINITY;
      if (mode !== 'live' && holds) silent.push({ from: scheduler.now(), to });
    },
    mute: async (conversationSid, forMs) => {
      trace(`an operator mutes ${conversationSid} for ${Math.round(forMs)} ms`);
      const to = Math.floor(scheduler.now() + forMs);
      await untilDone(() => muteConversation(ports, conversationSid, to));
      const item = await world.store.get<ConversationRecord>(conversationKey(conversationSid));
      const [now, holds] = [scheduler.now(), item?.value.mutedUntil === to];
      muted.push({ from: now, to: holds ? to : now, conversationSid });
    },
    unmute: async (conversationSid) => {
      await untilDone(() => unmuteConversation(ports, conversationSid));
    },
    redrive: async (letter) => {
      trace(`an operator redrives ${letter.id}`);
      await world.enqueue(redrive(letter, Math.floor(scheduler.now() + ANSWERABLE_MS)));
      // Whoever dies before removing the letter finds it there again.
      if (random() < FAILS) await world.enqueue(redrive(letter, Math.floor(scheduler.now() + ANSWERABLE_MS)));
    },
    replay: async (message, id) => {
      const resource = world.shown.find(({ sid }) => sid === message.sid);
      if (resource === undefined) return;
      trace(`an operator replays "${message.body}" as ${id}`);
      const address = { serviceSid: ACCOUNT.serviceSid, conversationSid: message.conversationSid };
      const event = messageAddedFrom(resource as unknown as MessageResource, ACCOUNT.accountSid, address);
      const answerUntil = Math.floor(scheduler.now() + ANSWERABLE_MS);
      await world.enqueue(replay(event, { replay: id, answerUntil }, Math.floor(scheduler.now())));
    },
  };
}
