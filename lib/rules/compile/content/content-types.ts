import * as z from 'zod/mini';
import { MAX_BODY } from '../../../limits.ts';
import { mapping } from '../shapes.ts';
import { degrees, mayHave, oneOf, phone, several, url, words } from './fields.ts';

/**
 * The fields of each content type that Conversations can send, and Twilio's limits:
 * https://www.twilio.com/docs/content/content-types-overview and the page of each type.
 */

const quickReply = mapping('A button', {
  type: z.optional(oneOf('type', ['QUICK_REPLY'])),
  title: words('title', 20),
  id: mayHave('id', 200),
});

/** What each kind of button needs beside its title. */
const NEEDED = { URL: 'url', PHONE_NUMBER: 'phone', COPY_CODE: 'code' } as const;

function button(types: readonly [string, ...string[]]) {
  const fields = mapping('A button', {
    type: oneOf('type', types),
    title: words('title', 25),
    url: z.optional(url),
    phone: z.optional(phone),
    code: mayHave('code'),
    id: mayHave('id', 200),
    webview_size: mayHave('webview_size'),
  });
  const faults = Object.entries(NEEDED).map(([type, field]) =>
    z.refine<z.infer<typeof fields>>((given) => given.type !== type || given[field] !== undefined, {
      path: [field],
      error: `"${field}" is missing. A button of the type ${type} needs it.`,
    }),
  );
  return fields.check(...faults);
}

const cardActions = several(
  'actions',
  button(['URL', 'PHONE_NUMBER', 'QUICK_REPLY', 'COPY_CODE', 'VOICE_CALL']),
  10,
);

const item = mapping('An item', {
  id: words('id', 200),
  item: words('item', 24),
  description: mayHave('description', 72),
});

const card = mapping('This content type', {
  title: mayHave('title', 1024),
  body: mayHave('body'),
  subtitle: mayHave('subtitle', 60),
  media: z.optional(several('media', url)),
  actions: z.optional(cardActions),
}).check(
  z.refine((given) => (given.title ?? given.body ?? '') !== '', {
    path: ['title'],
    error: '"title" is missing. A card needs one, or a "body".',
  }),
);

const link = ['URL', 'PHONE_NUMBER', 'COPY_CODE', 'VOICE_CALL', 'VOICE_CALL_REQUEST'] as const;

/** By the name that a template's file gives it, in the order in which messages list them. */
export const CONTENT_SHAPES: Readonly<Record<string, z.ZodMiniType>> = {
  'twilio/text': mapping('This content type', { body: words('body', MAX_BODY) }),
  'twilio/media': mapping('This content type', {
    body: mayHave('body', MAX_BODY),
    media: several('media', url, 1),
  }),
  'twilio/location': mapping('This content type', {
    latitude: degrees('latitude', 90),
    longitude: degrees('longitude', 180),
    label: mayHave('label'),
    id: mayHave('id'),
    address: mayHave('address'),
  }),
  'twilio/quick-reply': mapping('This content type', {
    body: words('body', 1024),
    actions: several('actions', quickReply, 10),
  }),
  'twilio/call-to-action': mapping('This content type', {
    body: words('body', 640),
    actions: several('actions', button(link)),
  }),
  'twilio/list-picker': mapping('This content type', {
    body: words('body', 1024),
    button: words('button', 20),
    items: several('items', item, 10),
  }),
  'twilio/card': card,
  'whatsapp/card': mapping('This content type', {
    body: words('body'),
    footer: mayHave('footer'),
    media: z.optional(several('media', url)),
    header_text: mayHave('header_text'),
    actions: z.optional(cardActions),
  }),
  'whatsapp/flows': mapping('This content type', {
    body: words('body'),
    button_text: words('button_text'),
    flow_id: words('flow_id'),
    subtitle: mayHave('subtitle'),
    media_url: z.optional(url),
    flow_token: mayHave('flow_token'),
    flow_first_page_id: mayHave('flow_first_page_id'),
    is_flow_first_page_endpoint: z.optional(z.boolean('Expected true or false, without quotes.')),
  }),
};

/** What Conversations can send: https://www.twilio.com/docs/conversations/send-rich-content-messages */
export const CONTENT_TYPES: readonly string[] = Object.keys(CONTENT_SHAPES);
