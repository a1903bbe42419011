import * as z from 'zod/mini';
import { sidPattern } from '../sid.ts';

/** Whatever it is; like `z.catch`, which brings every helper of zod into the bundles. */
const always = <const Value>(value: Value) =>
  z.pipe(
    z.optional(z.unknown()),
    z.transform(() => value),
  );
const NULL = always(null);

/** Null when it is absent, null or of another type. */
export function nullable<T extends z.ZodMiniType>(schema: T) {
  return z.union([z.nullable(schema), NULL]);
}

/**
 * A message as Twilio returns it:
 * https://www.twilio.com/docs/conversations/api/service-scoped-conversation-message-resource
 *
 * Only `sid` and `index` are insisted on. A create that succeeded must not look like a failure because some other
 * field changed its shape, or the same reply would be sent again; such a field reads as absent.
 */
export const messageResource = z.object({
  sid: z.string().check(z.regex(sidPattern('IM'))),
  /** Increases with each message of a conversation, with gaps. */
  index: z.int(),
  account_sid: nullable(z.string()),
  chat_service_sid: nullable(z.string()),
  conversation_sid: nullable(z.string()),
  author: nullable(z.string()),
  /** With a ContentSid: the rendered text. */
  body: nullable(z.string()),
  media: nullable(
    z.array(
      z.object({
        sid: z.string(),
        size: nullable(z.number()),
        content_type: nullable(z.string()),
        filename: nullable(z.string()),
      }),
    ),
  ),
  /**
   * A string of JSON. Old renderings of Twilio's page show an object; were one ever returned, our marker in it must
   * still be found.
   */
  attributes: z.union([
    z.string(),
    z.pipe(
      z.record(z.string(), z.unknown()),
      z.transform((value) => JSON.stringify(value)),
    ),
    always('{}'),
  ]),
  /** Null when the author is `system` or otherwise no participant. */
  participant_sid: nullable(z.string()),
  /** ISO 8601. */
  date_created: nullable(z.string()),
  date_updated: nullable(z.string()),
  /** Null without a participant outside chat. Each of the five is `all`, `some` or `none`. */
  delivery: nullable(
    z.object({
      total: z.number(),
      sent: z.string(),
      delivered: z.string(),
      read: z.string(),
      failed: z.string(),
      undelivered: z.string(),
    }),
  ),
  url: nullable(z.string()),
  links: nullable(z.record(z.string(), z.string())),
  content_sid: nullable(z.string()),
});

export type MessageResource = z.infer<typeof messageResource>;
