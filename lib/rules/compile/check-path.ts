import type { Channel } from '../../event/channels.ts';
import type { AnsweredEvent } from '../match/conditions/event.ts';
import type { Slot } from '../render/text-template.ts';
import type { FileNames } from './file-names.ts';
import type { Groups } from './read-pattern.ts';
import type { Scope } from './scope.ts';
import { suggest } from './suggest.ts';
import { unknownHours, unknownRemembered } from './unknown-name.ts';

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
  text: (event) => byEvent(event, 'maybe', 'never', 'never'),
  language: () => 'always',
  answer: (_, { answer }) => answer,
};

const HOURS = /^hours\.([^.]+)\.(today|next)$/;
const REMEMBERED = /^remembered\.([^.]+)$/;

const ATTRIBUTE = /^(participant|conversation)\.attributes\.[\w-]+$/;

/** What is wrong with a slot where it stands, or undefined. */
export function checkPath({ path, default: fallback }: Slot, scope: Scope): string | undefined {
  const hasDefault = fallback !== undefined;
  if (path.startsWith('match.')) return checkGroup(path.slice('match.'.length), hasDefault, scope.groups);
  const presence = presenceOf(path, scope);
  if (presence === undefined) return unknownPath(path, scope);
  if (typeof presence === 'string') return presence;
  const states = scope.events.map((event) => ({ event, state: presence(event, scope) }));
  const never = states.find(({ state }) => state === 'never');
  if (never !== undefined && path === 'answer')
    return 'There is no answer here: {{ answer }} goes with the condition "answer".';
  if (never !== undefined) {
    return `{{ ${path} }} has no value on ${never.event}. Use another, or give that event a rule of its own.`;
  }
  return hasDefault || states.every(({ state }) => state === 'always') ? undefined : needsDefault(path);
}

/** What is wrong with a path where only its value is compared (`where`, `has`), or undefined. */
export function checkValuePath(path: string, names: FileNames): string | undefined {
  if (path === 'answer' || path.startsWith('match.')) {
    return `"${path}" is taken from the message by this very rule, so it cannot be asked about here.`;
  }
  const presence = presenceOf(path, { names });
  if (presence === undefined) return unknownPath(path, { names });
  return typeof presence === 'string' ? presence : undefined;
}

type PresenceOf = (event: AnsweredEvent, scope: Scope) => Presence;

/** Where its value is there; a text says what is wrong with the path. */
function presenceOf(path: string, { names }: Pick<Scope, 'names'>): PresenceOf | string | undefined {
  if (Object.hasOwn(PATHS, path)) return PATHS[path];
  const [, remembered] = REMEMBERED.exec(path) ?? [];
  if (remembered !== undefined) {
    return names.remembered.includes(remembered)
      ? (_, { sure = [] }) => (sure.includes(remembered) ? 'always' : 'maybe')
      : unknownRemembered(remembered, names.remembered);
  }
  const [, hours, part] = HOURS.exec(path) ?? [];
  if (hours !== undefined) {
    if (!names.hours.includes(hours)) return unknownHours(hours, names.hours);
    return () => (part === 'today' ? 'always' : 'maybe');
  }
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

function unknownPath(path: string, { groups, names }: Partial<Scope> & Pick<Scope, 'names'>): string {
  const known = [
    ...(groups?.all ?? []).map((group) => `match.${group}`),
    ...Object.keys(PATHS),
    ...names.remembered.map((name) => `remembered.${name}`),
    ...names.hours.flatMap((name) => [`hours.${name}.today`, `hours.${name}.next`]),
  ];
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
