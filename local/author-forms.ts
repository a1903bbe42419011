import type { CustomerChannel } from '../emulator/index.ts';

/** Who can write on a channel. */
export interface AuthorForm {
  readonly form: RegExp;
  /** Completes "expected …". */
  readonly expected: string;
}

/** @see https://www.twilio.com/docs/glossary/what-e164 */
export const AUTHOR_FORMS: Readonly<Record<CustomerChannel, AuthorForm>> = {
  whatsapp: {
    form: /^(?:whatsapp:)?(?:\+[1-9]\d{1,14}|[A-Z]{2}\.[\w-]{1,128})$/,
    expected: 'a number such as +15550100001 on WhatsApp',
  },
  sms: {
    form: /^(?:\+[1-9]\d{1,14}|[1-9]\d{2,5})$/,
    expected: 'a number such as +15550100001 by SMS',
  },
  rcs: { form: /^(?:rcs:)?\+[1-9]\d{1,14}$/, expected: 'a number such as +15550100001 by RCS' },
  messenger: {
    form: /^(?:messenger:)?[^\s:]+$/,
    expected: 'an id such as 1234567890 on Messenger',
  },
  email: { form: /^[^\s@]+@[^\s@]+$/, expected: 'an address such as ana@example.com by e-mail' },
  chat: { form: /./, expected: 'a name such as ana on chat' },
};
