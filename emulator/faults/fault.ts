import * as z from 'zod/mini';
import { isErrorCode } from '../error-table.ts';

const milliseconds = z.int().check(z.nonnegative());
const when = z._default(z.enum(['before', 'after']), 'before');

/** How often a fault strikes: `times` of what matches (null: until it is switched off), each with the chance `share`. */
const common = {
  times: z._default(z.nullable(z.int().check(z.positive())), 1),
  share: z._default(z.number().check(z.positive(), z.lte(1)), 1),
};

/** Which requests: all, or those that agree in everything given. `path` is a part of the path. */
const onRequests = {
  ...common,
  method: z.optional(z.enum(['GET', 'POST', 'DELETE'])),
  path: z.optional(z.string()),
  /** Name of a route, as `messages.create`. */
  operation: z.optional(z.string()),
};

/** Which webhooks: all, or those of one event, or to URLs that contain `url`. */
const onWebhooks = { ...common, event: z.optional(z.string()), url: z.optional(z.string()) };

/** Which legs: all, or those on one channel. */
const onLegs = { ...common, channel: z.optional(z.string()) };

const requestFaultSchema = z.discriminatedUnion('kind', [
  /** 429; nothing is done. */
  z.strictObject({
    kind: z.literal('rate-limit'),
    retryAfterSeconds: z.optional(z.int().check(z.nonnegative())),
    ...onRequests,
  }),
  /** An error of Twilio's table, before or after the write took place. `status` overrides the table's. */
  z.strictObject({
    kind: z.literal('error'),
    code: z._default(
      z.int().check(z.refine(isErrorCode, { error: 'not a code of emulator/error-table.ts' })),
      20500,
    ),
    status: z.optional(z.int().check(z.minimum(400), z.maximum(599))),
    when,
    ...onRequests,
  }),
  /** The connection is reset. */
  z.strictObject({ kind: z.literal('reset'), when, ...onRequests }),
  /** The answer comes late. */
  z.strictObject({ kind: z.literal('slow'), ms: milliseconds, ...onRequests }),
  /** The answer comes a few bytes at a time. */
  z.strictObject({
    kind: z.literal('drip'),
    bytesPerSecond: z._default(z.int().check(z.positive()), 10),
    ...onRequests,
  }),
  /** The answer never comes; the write is never done, done, or done late. */
  z.strictObject({
    kind: z.literal('timeout'),
    commit: z._default(z.enum(['never', 'at-once', 'late']), 'at-once'),
    commitAfterMs: z._default(milliseconds, 10_000),
    ...onRequests,
  }),
  /** The write is done, and the answer cannot be read. */
  z.strictObject({
    kind: z.literal('garbage'),
    body: z._default(z.enum(['truncated', 'html', 'empty']), 'truncated'),
    ...onRequests,
  }),
  /** Lists of messages do not yet show what was written in the last `lagMs`. */
  z.strictObject({ kind: z.literal('stale-list'), lagMs: z._default(milliseconds, 2000), ...onRequests }),
]);

const webhookFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook-drop'), ...onWebhooks }),
  z.strictObject({
    kind: z.literal('webhook-duplicate'),
    copies: z._default(z.int().check(z.minimum(1), z.maximum(10)), 1),
    ...onWebhooks,
  }),
  z.strictObject({ kind: z.literal('webhook-delay'), ms: milliseconds, ...onWebhooks }),
  /** Waits until another webhook has been sent, or `holdMs`. */
  z.strictObject({
    kind: z.literal('webhook-reorder'),
    holdMs: z._default(milliseconds, 5000),
    ...onWebhooks,
  }),
  /** Carries a parameter that nobody knows yet, signed like the others; pre-event webhooks too. */
  z.strictObject({
    kind: z.literal('webhook-parameter'),
    name: z._default(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_.]{0,63}$/)), 'UnknownParameter'),
    value: z._default(z.string().check(z.maxLength(1024)), 'unknown'),
    ...onWebhooks,
  }),
]);

const deliveryFaultSchema = z.discriminatedUnion('kind', [
  /** A leg fails with an error code in its receipt, as 63016 or 21610. */
  z.strictObject({
    kind: z.literal('delivery-failure'),
    errorCode: z.int().check(z.positive()),
    status: z._default(z.enum(['failed', 'undelivered']), 'failed'),
    ...onLegs,
  }),
]);

export const faultSchema = z.discriminatedUnion('kind', [
  requestFaultSchema,
  webhookFaultSchema,
  deliveryFaultSchema,
]);

export type RequestFault = z.output<typeof requestFaultSchema>;
export type WebhookFault = z.output<typeof webhookFaultSchema>;
export type DeliveryFault = z.output<typeof deliveryFaultSchema>;
/** What arms a fault. Only `kind` is needed where there are defaults. */
export type FaultInput = z.input<typeof faultSchema>;
/** An armed fault; `times` counts down. */
export type Fault = z.output<typeof faultSchema> & { readonly id: string };

export function isWebhookFault(fault: Fault): fault is WebhookFault & { readonly id: string } {
  return fault.kind.startsWith('webhook-');
}

export function isRequestFault(fault: Fault): fault is RequestFault & { readonly id: string } {
  return !isWebhookFault(fault) && fault.kind !== 'delivery-failure';
}
