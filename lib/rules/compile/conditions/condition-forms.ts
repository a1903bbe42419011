import type { ConditionName, When } from '../../match/conditions/conditions.ts';
import { channel } from './channel.ts';
import type { ConditionForm } from './condition-form.ts';
import { event } from './event.ts';
import { includes } from './includes.ts';
import { keyword } from './keyword.ts';
import { media } from './media.ts';
import { pattern } from './pattern.ts';

/** One for each condition, by the name that rules use; in the order in which messages list them. */
export const CONDITION_FORMS: {
  readonly [Name in ConditionName]: ConditionForm<unknown, NonNullable<When[Name]>>;
} = { event, channel, media, keyword, includes, pattern };

/** Each with its name, whatever it is compiled to. */
export const CONDITION_ENTRIES = Object.entries(CONDITION_FORMS) as readonly (readonly [
  ConditionName,
  ConditionForm<unknown, unknown>,
])[];
