import type { ReplyAction } from '../../types.ts';
import type { ActionForm } from './action-form.ts';
import { call } from './call.ts';
import { forget } from './forget.ts';
import { go_to } from './go-to.ts';
import { handover } from './handover.ts';
import { ignore } from './ignore.ts';
import { media } from './media.ts';
import { remember } from './remember.ts';
import { tag } from './tag.ts';
import { template } from './template.ts';
import { text } from './text.ts';

type AnyForm = ActionForm<unknown, Readonly<Record<string, unknown>>>;

/** One for each action, by the name that rules use; in the order in which messages list them. */
const FORMS = {
  text,
  template,
  media,
  call,
  remember,
  forget,
  tag,
  handover,
  go_to,
  ignore,
} satisfies Record<ReplyAction['kind'], AnyForm> & Record<string, AnyForm>;

export const ACTION_FORMS: ReadonlyMap<string, AnyForm> = new Map(Object.entries<AnyForm>(FORMS));
