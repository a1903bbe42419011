import type * as z from 'zod/mini';
import type { Answer } from '../../types.ts';
import type { Scope } from '../scope.ts';
import type { Spot } from '../spot.ts';

/**
 * How one action is written in a rules file, `name: value` with its options beside it, and what it is compiled to
 * (actions/ carries it out).
 */
export interface ActionForm<Value, Options = Readonly<Record<never, never>>> {
  /** One sentence for editors and docs. */
  readonly about: string;
  readonly value: z.ZodMiniType<Value>;
  /** Keys that may stand beside it. One that is the name of another action is this action's here, as media's text. */
  readonly options?: { readonly [Name in keyof Options]-?: Option<NonNullable<Options[Name]>> };
  /** Undefined when it cannot be used; `spot` is the whole action, and was told why. */
  compile(value: Value, options: Options, scope: Scope, spot: Spot): Compiled | undefined;
  /** Whether what it says may be a question. */
  readonly mayWait?: true;
  /** What is wrong with its place in a list of `count` actions; `places` are those where it stands. */
  checkPlaces?(places: readonly number[], count: number): string | undefined;
}

/** `ignore`, or its share of an answer. */
export type Compiled = 'ignore' | Partial<Answer>;

interface Option<Value> {
  /** One sentence for editors and docs. */
  readonly about: string;
  readonly shape: z.ZodMiniType<Value>;
  /** What to say where it stands without its action. Not needed where it is an action too. */
  readonly astray?: string;
}
