import type { Resource } from '../emulator/index.ts';
import { followEvents } from './follow-events.ts';
import type { RulesRead, Timed } from './page/page-event.ts';
import type { SayInput, SayWorld } from './say-once.ts';

/** Who takes part in a conversation that is open. */
interface Member {
  readonly conversationSid: string;
  readonly channel: string;
  /** Identity or address. */
  readonly name: string;
}

export interface RunningWorld extends SayWorld {
  close(): void;
}

/**
 * A world that runs already, by the address of its page: what the page can do, and is told, is enough to say something
 * and to see what came of it. A customer who is there already goes on with their conversation.
 *
 * @param url `http://127.0.0.1:4000`
 */
export async function joinWorld(url: string): Promise<RunningWorld> {
  const watchers = new Set<Parameters<SayWorld['watch']>[0]>();
  const members = new Map<string, Member>();
  let rules: RulesRead | undefined;

  function hear(event: Timed): void {
    if (event.kind === 'loaded' || event.kind === 'hello') members.clear();
    if (event.kind === 'rules') rules = event;
    if (event.kind === 'participant') noteMember(members, event.change, event.resource);
    if (event.kind === 'conversation') forgetClosed(members, event.change, event.resource);
    if (event.kind === 'hello' || event.kind === 'caught-up') return;
    if (event.kind === 'switches' || event.kind === 'rules') return;
    for (const watcher of watchers) watcher(event);
  }
  const close = await followEvents(url, hear);

  async function control<T>(name: string, input: object): Promise<T> {
    const answer = await fetch(`${url}/control/customer/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const body = (await answer.json()) as T & { readonly message: string };
    if (!answer.ok) throw new Error(`The world at ${url} refuses this: ${body.message}.`);
    return body;
  }
  const knownAs = ({ channel, author }: SayInput) =>
    author === undefined
      ? undefined
      : [...members.values()].findLast((member) => member.channel === channel && isNamed(member, author));

  return {
    begin: async (said) => {
      if (rules?.running.length === 0) {
        throw new Error(`${rules.file} cannot be used, so nobody is answered: ${url}/ shows what is wrong.`);
      }
      const known = knownAs(said);
      if (known !== undefined) return known.conversationSid;
      const { channel, author } = said;
      const started = await control<{ readonly conversation: Resource }>('start', { channel, author });
      return String(started.conversation['sid']);
    },
    write: async (conversationSid, said) => {
      const { body, media } = said;
      const author = knownAs(said)?.name;
      const files = media.map((contentType) => ({ contentType }));
      return await control<Resource>('write', { conversationSid, author, body, media: files });
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    waitOf: (rule) => rules?.waits[rule],
    templates: () => rules?.templates ?? {},
    advice: `${url}/ shows why. Is its clock frozen?`,
    close,
  };
}

function noteMember(members: Map<string, Member>, change: string, resource: Resource): void {
  const sid = String(resource['sid']);
  const binding = resource['messaging_binding'] as {
    readonly type: string;
    readonly address?: string;
  } | null;
  const channel = binding?.address === undefined ? 'chat' : binding.type;
  const name = resource['identity'] ?? binding?.address;
  if (change === 'removed' || typeof name !== 'string') members.delete(sid);
  else members.set(sid, { conversationSid: String(resource['conversation_sid']), channel, name });
}

function forgetClosed(members: Map<string, Member>, change: string, resource: Resource): void {
  if (change !== 'removed' && resource['state'] !== 'closed') return;
  for (const [sid, { conversationSid }] of members) {
    if (conversationSid === resource['sid']) members.delete(sid);
  }
}

/** `+1555…` names the one at `whatsapp:+1555…` too. */
function isNamed({ name }: Member, author: string): boolean {
  return name === author || name.endsWith(`:${author}`);
}
