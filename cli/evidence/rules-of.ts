import { readConfig } from '../../lib/config.ts';
import { ConfigError } from '../../lib/config-error.ts';
import type { Budget } from '../../lib/guards/guard.ts';
import { type Names, parseNames } from '../../lib/guards/names.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Stage } from '../stage/stage.ts';

/** What the functions of a stage go by now; what they went by before they were deployed last, nobody can read. */
export interface StageRules {
  readonly accountSid: string;
  readonly serviceSids: readonly string[];
  readonly publicUrls: readonly string[];
  readonly botAuthor: string;
  readonly agents: Names;
  readonly programs: Names;
  readonly mode: 'live' | 'dry-run' | 'off';
  /** Milliseconds after which a message is too old to be answered. */
  readonly maxAgeMs: number;
  readonly budget: Budget;
}

/** @throws CommandError where the functions could not run with their settings either */
export function rulesOf({ name, settings }: Pick<Stage, 'name' | 'settings'>): StageRules {
  try {
    const reply = readConfig('reply', settings.reply);
    const { PUBLIC_URL } = readConfig('reconcile', settings.reconcile);
    return {
      accountSid: reply.TWILIO_ACCOUNT_SID,
      serviceSids: reply.TWILIO_CHAT_SERVICE_SID,
      publicUrls: PUBLIC_URL,
      botAuthor: reply.BOT_AUTHOR,
      agents: parseNames(reply.AGENTS ?? []),
      programs: parseNames(reply.PROGRAMS ?? []),
      mode: reply.BOT_MODE,
      maxAgeMs: reply.REPLY_MAX_AGE_SECONDS * 1_000,
      budget: {
        perMinute: reply.REPLIES_PER_MINUTE,
        tapsPerMinute: reply.REPLIES_TO_TAPS_PER_MINUTE,
        perHour: reply.REPLIES_PER_HOUR,
        perDay: reply.REPLIES_PER_DAY,
      },
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new CommandError(FAILED, `The settings of the stage ${name} cannot be used. ${error.message}`, {
      cause: error,
    });
  }
}
