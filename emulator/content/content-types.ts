import * as z from 'zod/mini';
import { MAX_BODY } from '../../lib/limits.ts';

/**
 * The fields of each content type, as Twilio's Content API takes them. Unknown fields and types are refused.
 * @see https://www.twilio.com/docs/content/content-types-overview
 */
const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const optional = z.optional(z.string());

const quickReply = z.strictObject({
  type: z.optional(z.literal('QUICK_REPLY')),
  title: text(20),
  id: z.optional(z.string().check(z.maxLength(200))),
});

const linkAction = <const T extends readonly string[]>(types: T) =>
  z.strictObject({
    type: z.enum(types),
    title: text(25),
    url: optional,
    phone: optional,
    code: optional,
    id: optional,
    webview_size: optional,
  });

const cardActions = z.array(
  linkAction(['URL', 'PHONE_NUMBER', 'QUICK_REPLY', 'COPY_CODE', 'VOICE_CALL'] as const),
);

const page = z.strictObject({
  id: z.string(),
  next_page_id: optional,
  title: optional,
  subtitle: optional,
  layout: z.array(z.looseObject({ label: z.string(), type: z.string() })),
});

const contentTypesSchema = z
  .strictObject({
    'twilio/text': z.optional(z.strictObject({ body: text(MAX_BODY) })),
    'twilio/media': z.optional(
      z.strictObject({ body: optional, media: z.array(z.string()).check(z.minLength(1)) }),
    ),
    'twilio/location': z.optional(
      z.strictObject({
        latitude: z.number(),
        longitude: z.number(),
        label: optional,
        id: optional,
        address: optional,
      }),
    ),
    'twilio/quick-reply': z.optional(
      z.strictObject({
        body: text(1024),
        actions: z.array(quickReply).check(z.minLength(1), z.maxLength(10)),
      }),
    ),
    'twilio/call-to-action': z.optional(
      z.strictObject({
        body: text(640),
        actions: z.array(
          linkAction(['URL', 'PHONE_NUMBER', 'COPY_CODE', 'VOICE_CALL', 'VOICE_CALL_REQUEST'] as const),
        ),
      }),
    ),
    'twilio/list-picker': z.optional(
      z.strictObject({
        body: text(1024),
        button: text(20),
        items: z
          .array(
            z.strictObject({
              id: text(200),
              item: text(24),
              description: z.optional(z.string().check(z.maxLength(72))),
            }),
          )
          .check(z.minLength(1), z.maxLength(10)),
      }),
    ),
    'twilio/card': z.optional(
      z.strictObject({
        title: text(1024),
        subtitle: z.optional(z.string().check(z.maxLength(60))),
        media: z.optional(z.array(z.string())),
        actions: z.optional(cardActions),
      }),
    ),
    'twilio/carousel': z.optional(
      z.strictObject({
        body: z.string(),
        cards: z.array(
          z.strictObject({
            title: optional,
            body: z.string(),
            media: z.string(),
            actions: z.array(linkAction(['URL', 'PHONE_NUMBER', 'QUICK_REPLY'] as const)),
          }),
        ),
      }),
    ),
    'twilio/catalog': z.optional(
      z.strictObject({
        body: z.string(),
        title: optional,
        subtitle: optional,
        id: optional,
        items: z.optional(z.array(z.looseObject({}))),
        dynamic_items: optional,
      }),
    ),
    'twilio/flows': z.optional(
      z.strictObject({
        body: z.string(),
        button_text: z.string(),
        pages: z.array(page),
        type: z.string(),
        subtitle: optional,
        media_url: optional,
      }),
    ),
    'twilio/schedule': z.optional(
      z.strictObject({ id: z.string(), title: z.string(), timeSlots: z.string() }),
    ),
    'whatsapp/card': z.optional(
      z.strictObject({
        body: z.string(),
        footer: optional,
        media: z.optional(z.array(z.string())),
        header_text: optional,
        actions: z.optional(cardActions),
      }),
    ),
    'whatsapp/flows': z.optional(
      z.strictObject({
        body: z.string(),
        button_text: z.string(),
        flow_id: z.string(),
        subtitle: optional,
        media_url: optional,
        flow_token: optional,
        flow_first_page_id: optional,
        is_flow_first_page_endpoint: z.optional(z.boolean()),
      }),
    ),
    'whatsapp/authentication': z.optional(
      z.strictObject({
        actions: z.array(z.strictObject({ type: z.literal('COPY_CODE'), copy_code_text: z.string() })),
        add_security_recommendation: z.optional(z.boolean()),
        code_expiration_minutes: z.optional(z.number()),
      }),
    ),
  })
  .check(z.refine((types) => Object.keys(types).length > 0, { error: 'at least one type is needed' }));

const variableName = z.string().check(z.regex(/^[A-Za-z0-9_]{1,16}$/));

export const contentSchema = z.strictObject({
  friendly_name: z.optional(z.nullable(z.string())),
  language: text(16),
  variables: z.optional(z.record(variableName, z.string())),
  types: contentTypesSchema,
});

export type ContentInput = z.input<typeof contentSchema>;

export const approvalRequestSchema = z.looseObject({ name: text(512), category: text(64) });
