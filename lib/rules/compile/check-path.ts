import type { Channel } from '../../event/channels.ts';
import type { AnsweredEvent } from '../match/conditions/event.ts';
import type { Slot } from '../render/text-template.ts';
import type { Groups } from './read-pattern.ts';
import type { Scope } from './scope.ts';
import { suggest } from './suggest.ts';

type Presence = 'always' | 'maybe' | 'never';

/** Every path but `match.*` and `*.attributes.*`, and where its value is there. */
const PATHS: Readonly<Record<string, (event: AnsweredEvent, scope: Scope) => Presence>> = {
  author: (event) => (event === 'onMessageAdded' ? 'always' : 'never'),
  'participant.sid': (event) => byEvent(event, 'maybe', 'always', 'never'),
  'participant.address': (event, { channels }) =>
    byEvent(event, hasAddress(channels) ? 'always' : 'maybe', 'maybe', 'never'),
  'participant.identity': (event) => byEvent(event, 'maybe', 'maybe', 'never'),
  'conversation.sid': () => 'always',
  'conversation.friendly_name': () => 'maybe',
  'conversation.unique_name': () => 'maybe',
  now: () => 'always',
  'now.date': () => 'always',
  'now.time': () => 'always',
};

const ATTRIBUTE = /^(participant|conversation)\.attributes\.[\w-]+$/;

/** What is wrong with a slot where it stands, or undefined. */
export function checkPath({ path, default: fallback }: Slot, scope: Scope): string | undefined {
  const hasDefault = fallback !== undefined;
  if (path.startsWith('match.')) return checkGroup(path.slice('match.'.length), hasDefault, scope.groups);
  const presence = presenceOf(path);
  if (presence === undefined) return unknownPath(path, scope.groups);
  const states = scope.events.map((event) => ({ event, state: presence(event, scope) }));
  const never = states.find(({ state }) => state === 'never');
  if (never !== undefined) {
    return `{{ ${path} }} has no value on ${never.event}. Use another, or give that event a rule of its own.`;
  }
  return hasDefault || states.every(({ state }) => state === 'always') ? undefined : needsDefault(path);
}

function presenceOf(path: string): ((event: AnsweredEvent, scope: Scope) => Presence) | undefined {
  if (Object.hasOwn(PATHS, path)) return PATHS[path];
  const root = ATTRIBUTE.exec(path)?.[1];
  if (root === undefined) return undefined;
  return (event) => (root === 'participant' ? byEvent(event, 'maybe', 'maybe', 'never') : 'maybe');
}

function checkGroup(group: string, hasDefault: boolean, groups: Groups | undefined): string | undefined {
  if (groups === undefined) return undefined;
  const { all, always } = groups;
  if (!all.includes(group)) {
    const has =
      all.length === 0
        ? 'The rule has no pattern with named groups.'
        : `The pattern has the groups ${all.join(', ')}.`;
    return `There is no group "${group}". ${has}${suggest(group, all)}`;
  }
  return hasDefault || always.includes(group) ? undefined : needsDefault(`match.${group}`);
}

function needsDefault(path: string): string {
  return `{{ ${path} }} may be absent. Give it a default: {{ ${path} | default: "…" }}`;
}

function unknownPath(path: string, { all = [] }: Partial<Groups> = {}): string {
  const known = [...all.map((group) => `match.${group}`), ...Object.keys(PATHS)];
  const attributes = ['participant.attributes.<key>', 'conversation.attributes.<key>'];
  return `{{ ${path} }} is not known. Allowed: ${[...known, ...attributes].join(', ')}.${suggest(path, known)}`;
}

/** Numbers are addresses; chat users have an identity instead. */
function hasAddress(channels: readonly Channel[]): boolean {
  return channels.length > 0 && !channels.includes('chat');
}

function byEvent(
  event: AnsweredEvent,
  onMessageAdded: Presence,
  onParticipantAdded: Presence,
  onConversationAdded: Presence,
): Presence {
  return { onMessageAdded, onParticipantAdded, onConversationAdded }[event];
}
