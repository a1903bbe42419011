import { after } from './after.ts';
import { answer } from './answer.ts';
import { channel } from './channel.ts';
import { closed } from './closed.ts';
import type { Condition, Wanted } from './condition.ts';
import { event } from './event.ts';
import { first } from './first.ts';
import { has } from './has.ts';
import { includes } from './includes.ts';
import { keyword } from './keyword.ts';
import { media } from './media.ts';
import { misses } from './misses.ts';
import { near } from './near.ts';
import { once } from './once.ts';
import { open } from './open.ts';
import { pattern } from './pattern.ts';
import { unlessOf } from './unless.ts';
import { where } from './where.ts';

const OF_MESSAGE = {
  channel,
  media,
  after,
  misses,
  keyword,
  near,
  includes,
  pattern,
  answer,
};

/** What may have to be read from Twilio first. */
const VALUES = { has, where };

/** What may stand in `unless` too. */
const GROUPED = { ...OF_MESSAGE, first, open, closed, ...VALUES };

/** By the names that rules use, in the order in which they are asked: the cheapest and the most telling first. */
export const CONDITIONS = {
  event,
  ...OF_MESSAGE,
  first,
  once,
  open,
  closed,
  ...VALUES,
  unless: unlessOf(GROUPED),
};

type Conditions = typeof CONDITIONS;
export type ConditionName = keyof Conditions;

/** What a rule asks for. Each condition given must hold; a list holds when any of its items does. */
export type When = { readonly event: Wanted<Conditions['event']> } & {
  readonly [Name in Exclude<ConditionName, 'event'>]?: Wanted<Conditions[Name]>;
};

/** Each with its name. In a bundle, those that its book does not ask are left out (build/leave-out-unused.ts). */
export const ASKED = Object.entries(CONDITIONS).filter(
  ([, condition]) => condition !== undefined,
) as readonly (readonly [ConditionName, Condition<unknown>])[];
