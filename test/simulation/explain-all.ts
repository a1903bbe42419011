import { explainConversation } from '../../cli/explain/explain-conversation.ts';
import { explainMessage } from '../../cli/explain/explain-message.ts';
import { showConversation, showMessage } from '../../cli/explain/show-explanation.ts';
import { misunderstood } from '../cli/harmless.ts';
import type { Stage } from './profile.ts';
import { stageOfWorld } from './stage-of-world.ts';

/** Command lines that were tried, but for their SIDs. */
const tried = new Map<string, string | undefined>();

/**
 * Has `npx parley explain` explain everything that was ever said in a world, with the logs and without, and each conversation.
 *
 * @returns what it cannot, in words: what has neither an outcome nor a command that helps, and commands that are none
 */
export async function explainAll({ world, scheduler }: Stage): Promise<readonly string[]> {
  const stage = stageOfWorld(world, scheduler);
  const withoutLogs = { ...stage, logs: { find: () => Promise.reject(new Error('AccessDenied')) } };
  const problems: string[] = [];
  const check = async (name: string, next: string | undefined, shown: readonly string[]) => {
    if (!/ Next: (nothing\.|npx parley .+)$/.test(shown.at(-1) ?? '')) problems.push(`${name}: no Next`);
    const wrong = next === undefined ? undefined : await tryLine(next);
    if (wrong !== undefined) problems.push(`${name}: ${wrong}`);
    if (WORDS.test(shown.join('\n'))) problems.push(`${name}: what somebody wrote is shown`);
  };
  const addresses = new Map(world.shown.map((one) => [one.conversation_sid, one as unknown as Shown]));
  for (const { sid, conversation_sid: conversationSid } of world.shown.slice(-MOST)) {
    const serviceSid = addresses.get(conversationSid)?.chat_service_sid ?? '';
    const explained = await explainMessage(stage, { serviceSid, conversationSid }, sid);
    await check(sid, explained.next, showMessage(explained));
    if (explained.outcome === 'in flight') problems.push(`${sid}: it says that it is in flight`);
    const bare = await explainMessage(withoutLogs, { serviceSid, conversationSid }, sid);
    if (bare.says !== explained.says || bare.next !== explained.next)
      problems.push(`${sid}: without the logs it says otherwise`);
  }
  for (const [conversationSid, { chat_service_sid: serviceSid }] of addresses) {
    const explained = await explainConversation(stage, { serviceSid, conversationSid });
    await check(conversationSid, explained.next, showConversation(explained));
  }
  return problems;
}

interface Shown {
  readonly chat_service_sid: string;
}

/** An import of a thousand is explained as one of it is. */
const MOST = 30;
/** What people write and the bot says. */
const WORDS = /\b(one|two|nothing|broken|answer|first|second) \d/;

async function tryLine(line: string): Promise<string | undefined> {
  const kind = line.replaceAll(/[0-9a-f]{32}/g, '…');
  if (!tried.has(kind)) tried.set(kind, await misunderstood(line));
  return tried.get(kind);
}
