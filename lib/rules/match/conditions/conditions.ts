import { channel } from './channel.ts';
import type { Condition, Wanted } from './condition.ts';
import { event } from './event.ts';
import { includes } from './includes.ts';
import { keyword } from './keyword.ts';
import { media } from './media.ts';
import { pattern } from './pattern.ts';

/** By the names that rules use, in the order in which they are asked: the cheapest and the most telling first. */
export const CONDITIONS = { event, channel, media, keyword, includes, pattern };

type Conditions = typeof CONDITIONS;
export type ConditionName = keyof Conditions;

/** What a rule asks for. Each condition given must hold; a list holds when any of its items does. */
export type When = { readonly event: Wanted<Conditions['event']> } & {
  readonly [Name in Exclude<ConditionName, 'event'>]?: Wanted<Conditions[Name]>;
};

/** Each with its name. */
export const ASKED = Object.entries(CONDITIONS) as readonly (readonly [ConditionName, Condition<unknown>])[];
