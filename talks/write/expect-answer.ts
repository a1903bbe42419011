import { withoutCalls } from '../../lib/rules/actions/without-calls.ts';
import { allOf } from '../../lib/rules/render/localize.ts';
import type { Decision, ReplyDecision } from '../../lib/rules/types.ts';
import type { DraftStep } from './write-talk.ts';

/** What the bot made of an event, as the local world tells it. */
export interface PlayedTurn {
  readonly decision: Decision | undefined;
  readonly finished: { readonly outcome: string; readonly reason?: string } | undefined;
  /** What it had Twilio create, under Twilio's parameter names. */
  readonly created: readonly ReadonlyMap<string, string>[];
  /** Names of templates, by SID. @default those of the rules that answered */
  readonly templates?: Readonly<Record<string, string>>;
}

/** The steps that expect what the bot did; none where it came to no good end. */
export function expectAnswer(turn: PlayedTurn): readonly DraftStep[] {
  const { decision, finished } = turn;
  switch (finished?.outcome) {
    case 'replied':
      return decision?.outcome === 'reply' ? [['bot', oneOrAll(answer(decision, turn))]] : [];
    case 'no_rule':
    case 'stale':
      return [['silence', finished.outcome]];
    case 'suppressed':
      return [['silence', finished.reason ?? 'no_rule']];
    default:
      return [];
  }
}

/** Its words; its rules instead where it did more than speak. */
function answer({ shares }: ReplyDecision, turn: PlayedTurn): readonly unknown[] {
  const { created } = turn;
  const doesMore = shares.some(({ actions }) =>
    actions.some(({ kind }) => kind === 'tag' || kind === 'handover'),
  );
  if (doesMore || created.length === 0) return shares.map(({ rule }) => ({ rule }));
  return created.map((message) => sayWords(turn, message));
}

/** A message as a talk writes it: a text by its words. */
export function sayWords(
  { decision, templates = {} }: PlayedTurn,
  message: ReadonlyMap<string, string>,
): string | object {
  const body = message.get('Body');
  const media = message.get('MediaSid');
  if (media !== undefined) return { media, ...(body === undefined ? {} : { text: body }) };
  const sid = message.get('ContentSid');
  if (sid === undefined) return body ?? '';
  const shares = decision?.outcome === 'reply' ? decision.shares : [];
  const actions = shares.flatMap((share) => withoutCalls(share.actions));
  const sent = actions.find((action) => action.kind === 'template' && allOf(action.ContentSid).includes(sid));
  const template = sent?.kind === 'template' ? sent.template : (templates[sid] ?? sid);
  const variables: unknown = JSON.parse(message.get('ContentVariables') ?? '{}');
  return Object.keys(Object(variables)).length === 0 ? { template } : { template, variables };
}

function oneOrAll(list: readonly unknown[]): unknown {
  return list.length === 1 ? list[0] : list;
}
