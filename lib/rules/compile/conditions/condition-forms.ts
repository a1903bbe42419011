import type { ConditionName, When } from '../../match/conditions/conditions.ts';
import { after } from './after.ts';
import { answer } from './answer.ts';
import { channel } from './channel.ts';
import { closed } from './closed.ts';
import type { ConditionForm } from './condition-form.ts';
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

/** What may stand in `unless` too. */
const GROUPED = {
  channel,
  media,
  keyword,
  near,
  includes,
  pattern,
  after,
  answer,
  misses,
  first,
  open,
  closed,
  where,
  has,
};

/** One for each condition, by the name that rules use; in the order in which messages list them. */
export const CONDITION_FORMS: {
  readonly [Name in ConditionName]: ConditionForm<unknown, NonNullable<When[Name]>>;
} = { event, ...GROUPED, once, unless: unlessOf(GROUPED) };

/** Each with its name, whatever it is compiled to. */
export const CONDITION_ENTRIES = Object.entries(CONDITION_FORMS) as readonly (readonly [
  ConditionName,
  ConditionForm<unknown, unknown>,
])[];
