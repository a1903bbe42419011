import type { CountedBot } from './start-counted-bot.ts';
import type { Calls } from './start-wire.ts';

/** What a message takes that is paid for. */
export interface CountedMessages {
  /** A webhook that is taken in. */
  readonly receive: Calls;
  /** Answering it by one text, the tenth of its conversation. */
  readonly oneText: Calls;
  /** What is added where the conversation is long, and as much is kept of it as ever is. */
  readonly longTalk: Calls;
  /** What is added by each further message of an answer. */
  readonly furtherPart: Calls;
  /** What is added where the answer remembers something. */
  readonly remember: Calls;
  /** What is added by the first message of a conversation in a quarter of an hour. */
  readonly activeMark: Calls;
}

/** What the reconciler takes. */
export interface CountedReconciler {
  /** In an hour in which nobody writes. */
  readonly idleHour: Calls;
  /** What is added for each conversation in the hour after somebody has written in it. */
  readonly activeHour: Calls;
}

/**
 * Counted at the wire, in a second or two.
 * @param longAfter how many messages make a conversation a long one
 */
export async function countMessages(bot: CountedBot, longAfter = 50): Promise<CountedMessages> {
  // The first message of all sets the mark since when there is a bot.
  await bot.write(await startConversation(bot), 'one');
  const sid = await startConversation(bot);
  const first = await bot.write(sid, 'one');
  const write = async (messages: number) => {
    for (let n = 0; n < messages; n += 1) await bot.write(sid, TEXTS[n % TEXTS.length] ?? '');
  };
  await write(8);
  const one = await bot.write(sid, 'one');
  const two = await bot.write(sid, 'two');
  const keep = await bot.write(sid, 'keep');
  await write(longAfter - 11);
  const late = await bot.write(sid, 'one');
  const other = await startConversation(bot);
  await bot.write(other, 'two');
  const second = await bot.write(other, 'one');
  return {
    receive: one.receive,
    oneText: one.reply,
    longTalk: less(late.reply, one.reply),
    furtherPart: less(two.reply, one.reply),
    remember: less(keep.reply, one.reply),
    activeMark: less(first.reply, second.reply),
  };
}

/** Nobody asks a machine the same three times. */
const TEXTS = ['two', 'one', 'two', 'keep'];

/** What it does in a quarter of an hour, three of its rounds, it does four times an hour. */
export async function countReconciler(bot: CountedBot): Promise<CountedReconciler> {
  // Its first look, which takes more, and the five minutes until the next.
  await bot.reconcile(6);
  const idle = await bot.reconcile(15);
  await bot.write(await startConversation(bot), 'one');
  return { idleHour: times(idle, 4), activeHour: times(less(await bot.reconcile(15), idle), 4) };
}

async function startConversation({ service }: CountedBot): Promise<string> {
  const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
  return String(conversation['sid']);
}

export function times(calls: Calls, count: number): Calls {
  const requests = Object.entries(calls.requests).map(([name, each]) => [name, each * count] as const);
  return {
    requests: Object.fromEntries(requests),
    readUnits: calls.readUnits * count,
    writeUnits: calls.writeUnits * count,
    logBytes: calls.logBytes * count,
  };
}

function less(more: Calls, base: Calls): Calls {
  const names = [...new Set([...Object.keys(more.requests), ...Object.keys(base.requests)])].sort();
  const requests = names.flatMap((name) => {
    const count = (more.requests[name] ?? 0) - (base.requests[name] ?? 0);
    return count === 0 ? [] : [[name, count] as const];
  });
  return {
    requests: Object.fromEntries(requests),
    readUnits: more.readUnits - base.readUnits,
    writeUnits: more.writeUnits - base.writeUnits,
    logBytes: more.logBytes - base.logBytes,
  };
}
