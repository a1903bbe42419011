import type { Names } from '../guards/names.ts';
import type { ListMessages } from '../history/find-reply.ts';
import type { ReadFromTwilio } from '../history/read-from-twilio.ts';
import type { Log } from '../log.ts';
import type { Clock, Queue, Store } from '../ports.ts';
import type { AlertPage } from '../twilio/alerts.ts';
import type { ConversationPage, ListConversationsOptions } from '../twilio/conversations.ts';
import type { WebhookConfiguration } from '../twilio/webhook-configuration.ts';

export interface ReconcilePorts {
  readonly store: Store;
  readonly queue: Queue;
  readonly list: ListMessages;
  readonly listConversations: (
    serviceSid: string,
    options: ListConversationsOptions,
  ) => Promise<ConversationPage>;
  /** A service's, or without one the account's. */
  readonly fetchWebhooks: (serviceSid?: string) => Promise<WebhookConfiguration>;
  /** What went wrong since, in milliseconds since the epoch. Absent where there is no Monitor to ask. */
  readonly listAlerts?: ((from: number) => Promise<AlertPage>) | undefined;
  readonly readParticipant: ReadFromTwilio['participant'];
  readonly accountSid: string;
  readonly serviceSids: readonly string[];
  /** Where Twilio's webhooks are to go for this stack. */
  readonly publicUrls: readonly string[];
  /** False where the service's configuration says nothing about this stack: everybody's webhooks may be its own. */
  readonly checksWiring: boolean;
  /**
   * Whether it answers nothing by its settings: that Twilio calls another stack is meant then, and nobody is told. The
   * same holds where an operator has pressed *off* (record/mode.ts).
   */
  readonly isOff: boolean;
  readonly botAuthor: string;
  readonly agents: Names;
  readonly programs: Names;
  /** What is older than this is not answered any more. */
  readonly maxAgeMs: number;
  /** Of code and settings: another one than the last time means a deployment. */
  readonly deployment: string;
  /** What whoever started this run asks for. */
  readonly asked: Asked;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds until this invocation ends. */
  readonly remainingMs: () => number;
}

/**
 * - `schedule`: what is due;
 * - `alarm`: the same, and webhooks may have been lost until now (stack/alarms.yml: those of receive);
 * - `now`: look at what is known to be active, whenever that was last done and however young a message is;
 * - `everywhere`: look at all conversations as well.
 */
export type Asked = 'schedule' | 'alarm' | 'now' | 'everywhere';
