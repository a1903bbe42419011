import type { Channel } from '../../event/channels.ts';
import type { AnsweredEvent } from '../match/conditions/event.ts';
import type { Catalogue } from './catalogue.ts';
import type { FileNames } from './file-names.ts';
import type { Groups } from './read-pattern.ts';

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
  readonly templates: Catalogue;
  readonly names: FileNames;
}
