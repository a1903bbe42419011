import * as z from 'zod/mini';
import { MAX_VARIABLE_VALUE } from '../lib/limits.ts';

const milliseconds = z.int().check(z.nonnegative());
const name = z.string().check(z.minLength(1));
const unknown = <T extends z.core.$ZodType>(schema: T, value: z.core.output<T>) =>
  z._default(schema, value as never);

/**
 * How the service behaves where nobody outside Twilio knows how Twilio behaves, and how fast its world moves.
 * Each default is the one under which a bot that passes here is least likely to fail there; docs/local-service.md
 * gives the reason for each.
 */
export const settingsSchema = z.strictObject({
  /** Ask pre-event webhooks about REST writes that carry `X-Twilio-Webhook-Enabled: true` too. */
  preWebhooksForRest: unknown(z.boolean(), false),
  /** A pre-event webhook that answers 3xx, or 2xx other than 200. */
  preWebhookOtherStatus: unknown(z.enum(['reject', 'publish']), 'reject'),
  /** A pre-event webhook that cannot be reached at all. */
  preWebhookUnreachable: unknown(z.enum(['reject', 'publish']), 'reject'),
  /** `PageSize` above the documented maximum. */
  pageSizeAboveMaximum: unknown(z.enum(['clamp', 'refuse']), 'clamp'),
  /** A message without Body, MediaSid and ContentSid: Twilio's own page creates one. */
  emptyMessage: unknown(z.enum(['accept', 'refuse']), 'accept'),
  /** A body of 1,601 characters to 32 KB to a participant on SMS or WhatsApp. */
  longBody: unknown(z.enum(['refuse', 'fail-delivery']), 'refuse'),
  /** A create with timers and without a State: its error has a page, Twilio's own examples do without. */
  timersWithoutState: unknown(z.enum(['refuse', 'accept']), 'refuse'),
  /** Whether a conversation's own webhooks fire beside the service's. */
  scopedBesideService: unknown(z.boolean(), true),
  /** What `…/ChannelMetadata` answers, and whether a tapped button's id is in it. */
  channelMetadata: unknown(z.enum(['absent', 'stub']), 'absent'),
  /** `Source` of what a customer does on each channel. */
  sources: unknown(z.record(z.string(), z.string()), {
    sms: 'SMS',
    whatsapp: 'WHATSAPP',
    rcs: 'RCS',
    messenger: 'MESSENGER',
    email: 'EMAIL',
  }),
  /** Which values of `X-Twilio-Webhook-Enabled` mean true. */
  webhookHeader: unknown(z.enum(['any-case', 'exact']), 'any-case'),
  /** Wait before each retry of a webhook; the last one repeats. */
  webhookRetryBackoffMs: unknown(z.array(milliseconds).check(z.minLength(1)), [1000, 2000, 4000]),
  /** Whether a retried webhook keeps its I-Twilio-Idempotency-Token. */
  idempotencyTokenOnRetry: unknown(z.enum(['same', 'new']), 'same'),
  /** `Retry-After` of the service's own 429, in seconds; null leaves the header out. */
  retryAfterSeconds: unknown(z.nullable(milliseconds), null),
  /** Whether signatures cover the port of a webhook's URL. */
  signaturePort: unknown(z.enum(['keep', 'drop']), 'keep'),
  /** Sign webhooks with a shared key of the account (HMAC-SHA256) instead of its auth token. */
  sharedKey: unknown(z.nullable(z.strictObject({ key: name, secret: name })), null),
  /** Longest value of one content variable. */
  contentVariableMax: unknown(z.int().check(z.positive()), MAX_VARIABLE_VALUE),
  /** Numbers and booleans as values of content variables. */
  contentVariableTypes: unknown(z.enum(['stringify', 'refuse']), 'stringify'),
  /** Whether a customer's STOP fires onMessageAdded. */
  stopFiresWebhook: unknown(z.boolean(), true),
  /** Whether `Body` is left out of, or empty in, the webhook of a message that is only media. */
  mediaOnlyBody: unknown(z.enum(['omit', 'empty']), 'omit'),
  /** Cards and calls to action without approval, inside the 24-hour window of WhatsApp. */
  unapprovedCards: unknown(z.enum(['fail', 'deliver']), 'fail'),
  /** `whatsapp/card` and `whatsapp/flows` to another channel than WhatsApp. */
  whatsappContentElsewhere: unknown(z.enum(['refuse', 'fail-delivery']), 'refuse'),
  /** The Body with which a filled-in Flow comes back. */
  flowAnswer: unknown(z.enum(['empty', 'title']), 'empty'),
  /** Channels whose receipts get as far as `read`. */
  readChannels: unknown(z.array(z.string()), ['whatsapp']),
  /** What a request for WhatsApp's approval of a template leads to. */
  templateApproval: unknown(z.enum(['approved', 'pending', 'rejected']), 'approved'),
  /** HTTP statuses instead of the table's, by error code. */
  statusOverrides: unknown(z.record(z.string(), z.int().check(z.minimum(400), z.maximum(599))), {}),
  /** Message writes a second and conversation, and conversation writes a second and service; null: no limit. */
  actionsPerSecond: unknown(z.nullable(z.int().check(z.positive())), 30),
  /** Addresses the account may use as proxies; null: any. */
  ownedAddresses: unknown(z.nullable(z.array(z.string())), null),
  /** How long a leg takes to be sent and delivered. */
  sentAfterMs: unknown(milliseconds, 100),
  deliveredAfterMs: unknown(milliseconds, 500),
  /** How long a conversation is `initializing`; null: until the service ends. */
  initializingMs: unknown(z.nullable(milliseconds), 1000),
  /** How long until a WhatsApp customer has read a message; null: not by itself. */
  readAfterMs: unknown(z.nullable(milliseconds), 1500),
});

export type Settings = z.output<typeof settingsSchema>;
/** Any of the settings; what is left out has its default. */
export type SettingsInput = z.input<typeof settingsSchema>;
