import type * as z from 'zod/mini';
import type { Channel } from '../../../event/channels.ts';
import type { OptOut } from '../../../guards/stop-words.ts';
import type { FileNames } from '../file-names.ts';
import type { Spot } from '../spot.ts';

/** How one condition is written in a rules file, and what it is compiled to (match/conditions/ asks it). */
export interface ConditionForm<Given, Wanted> {
  /** One sentence for editors and docs. */
  readonly about: string;
  readonly shape: z.ZodMiniType<Given>;
  /** What the rules hold where the condition is not given. Without it they hold nothing. */
  readonly absent?: Wanted;
  /** Whether it asks about a message, which other events do not carry. */
  readonly ofMessage?: true;
  /** Whatever is wrong, or worth knowing, beyond the shape. */
  check?(given: Given, spot: Spot, around: Around): void;
  compile(given: Given): Wanted;
  /**
   * Whether all that `later` waits for (undefined: everything) has been taken by `earlier`. A condition that cannot
   * know has none; then a rule that has the condition is never said to take everything from those below it.
   */
  covers?(earlier: Wanted, later: Wanted | undefined): boolean;
}

/** What a condition may want to know of the rest of its rule. */
export interface Around {
  /** Those by which the rule can be reached. */
  readonly channels: readonly Channel[];
  /** What the file says of stop words. */
  readonly optOut: OptOut;
  readonly names: FileNames;
  /** The rule has `after`. */
  readonly hasAfter: boolean;
  /** It reacts to nothing but messages. */
  readonly isOfMessage: boolean;
  /** It is an item of the `otherwise` of a rule. */
  readonly isOwnOtherwise: boolean;
}
