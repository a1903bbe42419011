import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findingsOf } from './findings.ts';

/** Files that their authors would call right: the check has nothing to say of them. */
const FILES: Readonly<Record<string, string>> = {
  'a reminder that a program asks': `
version: 1
rules:
  - id: reminder
    then: { text: 'Reply 1 to confirm, 2 to give the appointment back.', wait: 3d }
    otherwise:
      - when: { misses: 2 }
        then: [{ text: I pass that to the front desk. }, { handover: { for: 1d } }]
      - then: { text: Please reply 1 or 2. }
  - { id: confirmed, when: { after: reminder, keyword: [1, confirm] }, then: { text: See you then. } }
  - { id: given-back, when: { after: reminder, keyword: [2, give back] }, then: { text: It is given back. } }
`,
  'a booking in which the same numbers answer three questions': `
version: 1
rules:
  - { id: person, when: { keyword: person }, then: [{ text: Somebody will be here. }, { handover: { invite: dana } }] }
  - { id: book, when: { keyword: book }, then: { text: '1 Cut, 2 Colour', wait: 1d }, otherwise: { text: '1 or 2?' } }
  - { id: cut, when: { after: book, keyword: [1, cut] }, then: [{ remember: { what: Cut } }, { go_to: ask-day }] }
  - { id: colour, when: { after: book, keyword: [2, colour] }, then: [{ remember: { what: Colour } }, { go_to: ask-day }] }
  - { id: ask-day, then: { text: Which day?, wait: 1d } }
  - id: check
    when: { after: ask-day, answer: text }
    then: [{ remember: { day: '{{ answer }}' } }, { text: '{{ answer }}: 1 take it, 2 other day', wait: 1d }]
    otherwise: { text: '1 or 2?' }
  - { id: booked, when: { after: check, keyword: [1, take it] }, then: { text: Booked. } }
  - { id: other-day, when: { after: check, keyword: [2, other day] }, then: { go_to: ask-day } }
`,
  'a menu that is kept, hours by night and by day, and a fallback for each channel': `
version: 1
languages: [en, de]
hours: { shop: { mon-fri: 09:00-17:00 } }
rules:
  - { id: night, when: { closed: shop, once: 12h }, then: { text: { en: Closed., de: Zu. }, continue: true } }
  - { id: menu, when: { keyword: [hi, menu] }, then: { text: '1 Hours, 2 Order', wait: { for: 1d, keep: true } } }
  - { id: hours, when: { after: menu, keyword: 1 }, then: { text: 'Today: {{ hours.shop.today }}' } }
  - { id: ask, when: { after: menu, keyword: 2 }, then: { text: Which number?, wait: 1d }, otherwise: { text: Five digits. } }
  - { id: order, when: { after: ask, answer: number }, then: { text: 'Order {{ answer }} is on its way.' } }
  - { id: sms, when: { keyword: catalogue, channel: sms }, then: { text: 'https://shop.example' } }
  - { id: catalogue, when: { keyword: catalogue }, then: { text: See our shop. } }
  - { id: near, when: { near: [refund, delivery] }, then: { text: We are on it. } }
  - { id: faq, when: { includes: [open, close] }, then: { text: 9 to 5. } }
otherwise:
  - { when: { open: shop }, then: { text: A colleague answers soon. } }
  - { when: { once: 12h }, then: { text: A colleague answers when we open. } }
`,
};

it.each(Object.entries(FILES))('nothing is noted of %s', (_, text) => {
  expect(findingsOf(text)).toEqual([]);
});

it('nothing is noted of the rules that ship', () => {
  const text = readFileSync('bot/rules.yaml', 'utf8');
  expect(findingsOf(text).filter((finding) => !finding.includes('There is no folder'))).toEqual([]);
});
