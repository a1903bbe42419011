import type { Channel } from '../../event/channels.ts';
import type { AnsweredEvent } from '../match/conditions/event.ts';
import type { Then, When } from '../types.ts';
import type { Catalogue } from './catalogue.ts';
import type { FileNames } from './file-names.ts';
import { type Groups, groupsOfAny } from './read-pattern.ts';
import type { Spot } from './spot.ts';

/** What is known, where an action stands, about the values that its texts may name. */
export interface Scope {
  readonly events: readonly AnsweredEvent[];
  /** Empty when the rule does not ask for a channel. */
  readonly channels: readonly Channel[];
  /** Undefined when the pattern itself is broken, so that nothing can be said about its groups. */
  readonly groups: Groups | undefined;
  /** Whether `{{ answer }}` is there; `maybe` where another rule's `go_to` may bring one. */
  readonly answer: 'always' | 'maybe' | 'never';
  /** What the actions before it in the same answer have remembered for sure. */
  readonly sure?: readonly string[];
  /** It is a rule's own answer, which may be a question. */
  readonly mayWait: boolean;
  /** Compiles what stands under the `else` of a call. */
  readonly inElse?: (input: unknown, spot: Spot) => Then;
  readonly templates: Catalogue;
  readonly names: FileNames;
}

/**
 * What is known where a rule with these conditions answers. Where they are broken, nothing is held against the actions
 * that depends on them.
 */
export function scopeOf(
  when: When | undefined | 'none',
  { catalogue, names }: { readonly catalogue: Catalogue; readonly names: FileNames },
): Scope {
  const common = { mayWait: true, templates: catalogue, names };
  if (when === 'none') {
    // Whoever goes on to it brings what was matched: check-ways.ts asks each of them.
    return { ...common, events: ['onMessageAdded'], channels: [], groups: undefined, answer: 'always' };
  }
  return {
    ...common,
    events: when?.event ?? [],
    channels: when?.channel ?? [],
    groups: when && groupsOfAny(when.pattern ?? []),
    answer: when === undefined ? 'maybe' : when.answer === undefined ? 'never' : 'always',
  };
}
