import type { Config } from '../config.ts';
import type { GuardSettings } from '../guards/guard.ts';
import { type Names, parseNames } from '../guards/names.ts';
import { DEFAULT_OPT_OUT } from '../guards/stop-words.ts';
import { QUIET_AFTER_PERSON_MS, type RuleBook } from '../rules/types.ts';

/** What authors decide beside their rules. */
export type AuthorSettings = Pick<GuardSettings, 'optOut' | 'quietAfterPersonMs'>;

/** What operators decide of answering. Times in milliseconds. */
export interface OperatorSettings extends Omit<GuardSettings, keyof AuthorSettings> {
  readonly agents: Names;
  readonly programs: Names;
  readonly settleMs: number;
  /** How long the first mute of a conversation lasts, the second, and so on. */
  readonly muteMs: readonly number[];
  /** What all handlers that one event calls may take together. */
  readonly callMs: number;
}

export function operatorSettings(config: Config<'reply'>): OperatorSettings {
  return {
    botAuthor: config.BOT_AUTHOR,
    mode: config.BOT_MODE,
    agents: parseNames(config.AGENTS ?? []),
    programs: parseNames(config.PROGRAMS ?? []),
    settleMs: config.REPLY_SETTLE_SECONDS * 1000,
    maxAgeMs: config.REPLY_MAX_AGE_SECONDS * 1000,
    budget: {
      perMinute: config.REPLIES_PER_MINUTE,
      tapsPerMinute: config.REPLIES_TO_TAPS_PER_MINUTE,
      perHour: config.REPLIES_PER_HOUR,
      perDay: config.REPLIES_PER_DAY,
    },
    muteMs: config.MUTE_SECONDS.map((seconds) => seconds * 1000),
    callMs: config.HANDLER_SECONDS * 1000,
  };
}

/** Read before there is an event: one that kills whoever looks into the rules is noted, too. */
export function authorSettings({
  optOut = DEFAULT_OPT_OUT,
  quietAfterPersonMs = QUIET_AFTER_PERSON_MS,
}: RuleBook): AuthorSettings {
  return { optOut, quietAfterPersonMs };
}
