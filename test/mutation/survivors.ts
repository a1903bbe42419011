import { EVENT } from './survivors/event.ts';
import { GUARDS } from './survivors/guards.ts';
import { HISTORY } from './survivors/history.ts';
import { OUTSIDE } from './survivors/outside.ts';
import { QUEUE } from './survivors/queue.ts';
import { RECEIVE } from './survivors/receive.ts';
import { RECONCILE } from './survivors/reconcile.ts';
import { RECORD } from './survivors/record.ts';
import { REPLY } from './survivors/reply.ts';
import { RULES } from './survivors/rules.ts';
import type { Survivor } from './survivors/survivor.ts';
import { TEXT } from './survivors/text.ts';
import { WEBHOOK } from './survivors/webhook.ts';
import { WHO } from './survivors/who.ts';
import { WORDS } from './survivors/words.ts';

/** Those of all rooms; one file of survivors/ a room. */
export const SURVIVORS: readonly Survivor[] = [
  ...WHO,
  ...WORDS,
  ...GUARDS,
  ...RECORD,
  ...EVENT,
  ...TEXT,
  ...WEBHOOK,
  ...RECEIVE,
  ...QUEUE,
  ...HISTORY,
  ...RULES,
  ...REPLY,
  ...RECONCILE,
  ...OUTSIDE,
];
