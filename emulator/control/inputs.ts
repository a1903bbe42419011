import * as z from 'zod/mini';
import { CUSTOMER_CHANNELS } from '../customer/channels.ts';

/** What the control interface takes, in JSON. Unknown fields are refused, so a slip of the pen is not lost. */
const text = z.string().check(z.maxLength(65_536));
const name = z.string().check(z.minLength(1), z.maxLength(512));
const maybe = z.optional(text);

export const anyRecord = z.record(z.string(), z.unknown());

/** A century each way: far enough for every timer, and every date still prints. */
const CENTURY_MS = 100 * 365 * 24 * 3_600_000;

export const time = z.strictObject({
  frozen: z.optional(z.boolean()),
  moveMs: z.optional(z.int().check(z.minimum(-CENTURY_MS), z.maximum(CENTURY_MS))),
});

export const token = z.strictObject({
  authToken: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
});

const conversation = { conversationSid: name, serviceSid: maybe };

const media = z.pipe(
  z.strictObject({
    contentType: z.string().check(z.regex(/^[a-z]+\/[a-z0-9.+-]+$/)),
    filename: maybe,
    /** Base64. */
    data: z.optional(z.base64()),
  }),
  z.transform(({ data, ...rest }) => ({ ...rest, ...(data === undefined ? {} : { bytes: bytesOf(data) }) })),
);

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

const said = { body: maybe, media: z.optional(z.array(media).check(z.maxLength(10))), attributes: maybe };

export const start = z.strictObject({
  channel: z.enum(CUSTOMER_CHANNELS),
  author: maybe,
  proxyAddress: maybe,
  serviceSid: maybe,
  friendlyName: maybe,
  uniqueName: maybe,
  attributes: maybe,
});

export const write = z.strictObject({ ...conversation, author: maybe, ...said });
const others = z.optional(z.array(name).check(z.maxLength(10)));
export const receive = z.strictObject({ from: name, to: name, others, serviceSid: maybe, ...said });
export const tap = z.strictObject({ ...conversation, messageSid: name, title: text, author: maybe });
export const edit = z.strictObject({ ...conversation, messageSid: name, body: maybe, attributes: maybe });
export const remove = z.strictObject({ ...conversation, messageSid: name });
export const join = z.strictObject({ ...conversation, identity: name, attributes: maybe });
export const reader = z.strictObject({ ...conversation, author: maybe });
export const receipts = z.strictObject({
  ...conversation,
  messageSid: name,
  participantSid: maybe,
  status: z.enum(['sent', 'delivered', 'read', 'failed', 'undelivered']),
  errorCode: z.optional(z.int().check(z.nonnegative())),
});
