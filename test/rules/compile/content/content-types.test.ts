import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createConversationsService } from '../../../../emulator/index.ts';
import { compileRules } from '../../../../lib/rules/compile/compile-rules.ts';
import { CONTENT_TYPES } from '../../../../lib/rules/compile/content/content-types.ts';
import type { Problem } from '../../../../lib/rules/compile/problem.ts';

const HX = `HX${'a'.repeat(32)}`;
const buttons = (count: number) => Array.from({ length: count }, (_, index) => ({ title: `T${index}` }));
const items = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `i${index}`, item: `I${index}` }));

const service = createConversationsService({
  clock: { now: () => 0, sleep: () => Promise.resolve() },
  random: () => 0.5,
  accountSid: `AC${'a'.repeat(32)}`,
  authToken: 'token',
  apiKeySid: `SK${'b'.repeat(32)}`,
  apiKeySecret: 'secret',
  deliver: () => Promise.reject(new Error('nothing is sent here')),
});

const fileOf = (type: string, content: unknown) =>
  JSON.stringify({ language: 'en', types: { [type]: content } }, undefined, 1);

/** What is told of a template's file, in the order of the file; a note has the word before it. */
function told(text: string, variables = '[]'): readonly string[] {
  const yaml = `version: 1\ntemplates: { t: { sid: ${HX}, variables: ${variables} } }\nrules: []\n`;
  const compiled = compileRules(yaml, { templates: new Map([['t', { file: 't.json', text }]]) });
  const show = ({ line, column, message }: Problem) => `${line}:${column}: ${message}`;
  return [
    ...(compiled.ok ? [] : compiled.problems.map(show)),
    ...compiled.notes.map((note) => `note ${show(note)}`),
  ];
}

type Row = readonly [what: string, type: string, content: unknown, ...told: readonly string[]];

const ROWS: readonly Row[] = [
  [
    'a wrong type name',
    'twilio/quickreply',
    { body: 'x' },
    '4:3: Conversations cannot send twilio/quickreply (50542). Allowed: twilio/text, twilio/media, twilio/location, twilio/quick-reply, twilio/call-to-action, twilio/list-picker, twilio/card, whatsapp/card, whatsapp/flows. Did you mean "twilio/quick-reply"?',
  ],
  ['a text without a body', 'twilio/text', {}, '4:18: "body" is missing. Expected text in quotes.'],
  [
    'a text with another key',
    'twilio/text',
    { bdy: 'x' },
    '4:18: "body" is missing. Expected text in quotes.',
    '5:4: The key "bdy" is not known here. Allowed: body. Did you mean "body"?',
  ],
  ['a text that is empty', 'twilio/text', { body: ' ' }, '5:12: "body" is empty. Write what customers see.'],
  ['a body that is a number', 'twilio/text', { body: 5 }, '5:12: "body" is 5. Expected text in quotes.'],
  [
    'a text that is too long',
    'twilio/text',
    { body: 'x'.repeat(1601) },
    '5:12: "body" is 1601 characters long; it holds at most 1600.',
  ],
  [
    'media that are not a list',
    'twilio/media',
    { media: 'https://shop.example/a.png' },
    '5:13: "media" is "https://shop.example/a.png". Expected a list, in [ ].',
  ],
  [
    'two media',
    'twilio/media',
    { media: ['https://shop.example/a.png', 'https://shop.example/b.png'] },
    '5:13: These are 2; Twilio takes at most 1.',
  ],
  [
    'a file name as media',
    'twilio/media',
    { media: ['a.png'] },
    '6:5: "a.png" is not an address. Write one that begins with https://',
  ],
  [
    'a place north of the pole',
    'twilio/location',
    { latitude: 91, longitude: 'east' },
    '5:16: "latitude" is 91. Expected a number from -90 to 90.',
    '6:17: "longitude" is "east". Expected a number from -180 to 180.',
  ],
  [
    'a place without its longitude',
    'twilio/location',
    { latitude: 1 },
    '4:22: "longitude" is missing. Expected a number from -180 to 180.',
  ],
  [
    'no button',
    'twilio/quick-reply',
    { body: 'x', actions: [] },
    '6:15: "actions" is empty. Give at least one.',
  ],
  [
    'quick replies without actions',
    'twilio/quick-reply',
    { body: 'x' },
    '4:25: "actions" is missing. Expected a list, in [ ].',
  ],
  [
    'eleven buttons',
    'twilio/quick-reply',
    { body: 'x', actions: buttons(11) },
    '6:15: These are 11; Twilio takes at most 10.',
  ],
  [
    'a button without a title',
    'twilio/quick-reply',
    { body: 'x', actions: [{ type: 'QUICK_REPLY', id: 'a' }] },
    '7:5: "title" is missing. Expected text in quotes.',
  ],
  [
    'a button with a long title',
    'twilio/quick-reply',
    { body: 'x', actions: [{ type: 'QUICK_REPLY', title: 'Where is my last order' }] },
    '9:15: "title" is 22 characters long; it holds at most 20.',
  ],
  [
    'a button with a wrong key',
    'twilio/quick-reply',
    { body: 'x', actions: [{ type: 'QUICK_REPLY', title: 'T0', titel: 'x' }] },
    '10:6: The key "titel" is not known here. Allowed: type, title, id. Did you mean "title"?',
  ],
  [
    'a button of another type',
    'twilio/quick-reply',
    { body: 'x', actions: [{ type: 'URL', title: 'T0' }] },
    '8:14: "type" is "URL". Expected QUICK_REPLY.',
  ],
  [
    'a body too long for buttons',
    'twilio/quick-reply',
    { body: 'x'.repeat(1025), actions: [{ type: 'QUICK_REPLY', title: 'T0' }] },
    '5:12: "body" is 1025 characters long; it holds at most 1024.',
  ],
  [
    'a button that is text',
    'twilio/quick-reply',
    { body: 'x', actions: ['Yes'] },
    '7:5: A button must be a mapping (key: value), not "Yes".',
  ],
  [
    'a link without its address',
    'twilio/call-to-action',
    { body: 'x', actions: [{ type: 'URL', title: 'Shop' }] },
    '7:5: "url" is missing. A button of the type URL needs it.',
  ],
  [
    'a link to nowhere',
    'twilio/call-to-action',
    { body: 'x', actions: [{ type: 'URL', title: 'Shop', url: 'shop.example' }] },
    '10:13: "shop.example" is not an address. Write one that begins with https://',
  ],
  [
    'a phone number without its country',
    'twilio/call-to-action',
    { body: 'x', actions: [{ type: 'PHONE_NUMBER', title: 'Ring', phone: '0555 0100' }] },
    '10:15: "0555 0100" is not a phone number. Write + and the country code, then digits only.',
  ],
  [
    'a coupon without its code',
    'twilio/call-to-action',
    { body: 'x', actions: [{ type: 'COPY_CODE', title: 'Copy' }] },
    '7:5: "code" is missing. A button of the type COPY_CODE needs it.',
  ],
  [
    'a button type in lower case',
    'twilio/call-to-action',
    { body: 'x', actions: [{ type: 'url', title: 'Shop', url: 'https://shop.example' }] },
    '8:14: "type" is "url". Expected URL, PHONE_NUMBER, COPY_CODE, VOICE_CALL, VOICE_CALL_REQUEST.',
  ],
  [
    'a long title of a link',
    'twilio/call-to-action',
    { body: 'x', actions: [{ type: 'URL', title: 'x'.repeat(26), url: 'https://shop.example' }] },
    '9:15: "title" is 26 characters long; it holds at most 25.',
  ],
  [
    'a list without its button',
    'twilio/list-picker',
    { body: 'x', items: [{ id: 'a', item: 'A' }] },
    '4:25: "button" is missing. Expected text in quotes.',
  ],
  [
    'eleven items',
    'twilio/list-picker',
    { body: 'x', button: 'b', items: items(11) },
    '7:13: These are 11; Twilio takes at most 10.',
  ],
  [
    'an item without its id',
    'twilio/list-picker',
    { body: 'x', button: 'b', items: [{ item: 'A' }] },
    '8:5: "id" is missing. Expected text in quotes.',
  ],
  [
    'an item with a long name',
    'twilio/list-picker',
    { body: 'x', button: 'b', items: [{ id: 'a', item: 'A monstera in a clay pots' }] },
    '10:14: "item" is 25 characters long; it holds at most 24.',
  ],
  [
    'an item with a long description',
    'twilio/list-picker',
    { body: 'x', button: 'b', items: [{ id: 'a', item: 'A', description: 'x'.repeat(73) }] },
    '11:21: "description" is 73 characters long; it holds at most 72.',
  ],
  [
    'a card without a title',
    'twilio/card',
    { actions: [{ type: 'QUICK_REPLY', title: 'T0' }] },
    '4:18: "title" is missing. A card needs one, or a "body".',
  ],
  [
    'a card with a long subtitle',
    'twilio/card',
    { title: 'x', subtitle: 'x'.repeat(61) },
    '6:16: "subtitle" is 61 characters long; it holds at most 60.',
  ],
  [
    'a WhatsApp card without a body',
    'whatsapp/card',
    { footer: 'x' },
    '4:20: "body" is missing. Expected text in quotes.',
  ],
  [
    'a flow without its id',
    'whatsapp/flows',
    { body: 'x', button_text: 'b', is_flow_first_page_endpoint: 'yes' },
    '4:21: "flow_id" is missing. Expected text in quotes.',
    '7:35: Expected true or false, without quotes.',
  ],
  [
    'more buttons than WhatsApp takes unapproved',
    'twilio/quick-reply',
    { body: 'x', actions: buttons(4) },
    'note 6:15: These are 4 buttons. Where WhatsApp has not approved the template, it takes at most 3.',
  ],
  [
    'two buttons with one title',
    'twilio/quick-reply',
    { body: 'x', actions: [{ title: 'Yes' }, { title: 'yes!' }] },
    'note 11:15: "yes!" is there twice. What is tapped comes back as its title, so no rule can tell the two apart.',
  ],
  [
    'two items with one name',
    'twilio/list-picker',
    {
      body: 'x',
      button: 'b',
      items: [
        { id: 'a', item: 'A' },
        { id: 'b', item: 'A' },
      ],
    },
    'note 14:14: "A" is there twice. What is tapped comes back as its title, so no rule can tell the two apart.',
  ],
];

/** One of each, with everything that it may hold. */
const GOOD: Readonly<Record<string, object>> = {
  'twilio/text': { body: 'x'.repeat(1600) },
  'twilio/media': { body: 'x', media: ['https://shop.example/a.png'] },
  'twilio/location': { latitude: -90, longitude: 180, label: 'x', id: 'x', address: 'x' },
  'twilio/quick-reply': {
    body: 'x'.repeat(1024),
    actions: [{ type: 'QUICK_REPLY', title: 'x'.repeat(20), id: 'y' }],
  },
  'twilio/call-to-action': {
    body: 'x'.repeat(640),
    actions: [
      { type: 'URL', title: 'x'.repeat(25), url: 'https://shop.example/1' },
      { type: 'PHONE_NUMBER', title: 'Ring', phone: '+15550100100' },
      { type: 'COPY_CODE', title: 'Copy', code: 'FERN' },
    ],
  },
  'twilio/list-picker': { body: 'x', button: 'x'.repeat(20), items: items(10) },
  'twilio/card': {
    title: 'x',
    subtitle: 'x'.repeat(60),
    media: ['https://shop.example/a.png'],
    actions: [{ type: 'QUICK_REPLY', title: 'Yes', id: 'y' }],
  },
  'whatsapp/card': {
    body: 'x',
    footer: 'x',
    header_text: 'x',
    actions: [{ type: 'QUICK_REPLY', title: 'Yes' }],
  },
  'whatsapp/flows': {
    body: 'x',
    button_text: 'x',
    flow_id: '1',
    subtitle: 'x',
    media_url: 'https://shop.example/a.png',
    flow_token: 'x',
    flow_first_page_id: 'x',
    is_flow_first_page_endpoint: true,
  },
};

describe('the check of a template’s content', () => {
  it.each(ROWS.map(([what, type, content, ...messages]) => ({ what, type, content, messages })))(
    'tells of $what',
    ({ type, content, messages }) => {
      expect(told(fileOf(type, content))).toEqual(messages);
    },
  );

  it.each(CONTENT_TYPES)('takes %s with everything that it may hold, as the local service does', (type) => {
    const text = fileOf(type, GOOD[type]);
    expect(told(text)).toEqual([]);
    expect(service.addContent(JSON.parse(text))).toMatch(/^HX/);
  });

  it.each(globSync('bot/templates/*.json'))('refuses nothing in %s that the local service takes', (file) => {
    const text = readFileSync(file, 'utf8');
    const names = Object.keys((JSON.parse(text) as { variables?: object }).variables ?? {});
    expect(told(text, JSON.stringify(names))).toEqual([]);
    expect(service.addContent(JSON.parse(text))).toMatch(/^HX/);
  });

  it('counts no placeholder towards a length, and takes one where an address or a number belongs', () => {
    const types = {
      'twilio/quick-reply': { body: 'x', actions: [{ title: 'Where is {{a_long_variable}}?' }] },
      'twilio/media': { media: ['{{a_long_variable}}'] },
      'twilio/location': { latitude: '{{a_long_variable}}', longitude: 1 },
      'twilio/call-to-action': {
        body: 'x',
        actions: [{ type: 'PHONE_NUMBER', title: 'Ring', phone: '{{a_long_variable}}' }],
      },
    };
    const text = JSON.stringify({ language: 'en', variables: { a_long_variable: 'x' }, types });
    expect(told(text, '[a_long_variable]')).toEqual([]);
  });

  it('notes a sample value for which there is no placeholder', () => {
    const text = '{"language":"en","variables":{"a":"x"},"types":{"twilio/text":{"body":"x"}}}';
    expect(told(text)).toEqual(['note 1:35: There is no placeholder {{a}} for this sample value.']);
  });

  it('refuses a language that is none', () => {
    const types = { 'twilio/text': { body: 'x' } };
    expect(told(JSON.stringify({ language: '', types }))).toEqual([
      '1:13: The language is empty. Write "en" or another code.',
    ]);
    expect(told(JSON.stringify({ language: 'the language of all', types }))).toEqual([
      '1:13: A language code has at most 16 characters, such as "en" or "pt_BR".',
    ]);
  });

  it('notes a file that the catalogue does not name, and two names for one SID', () => {
    const text = '{"language":"en","types":{"twilio/text":{"body":"x"}}}';
    const templates = new Map(['t', 'u', 'v'].map((name) => [name, { file: `${name}.json`, text }]));
    const yaml = `version: 1\ntemplates: { t: { sid: ${HX} }, u: { sid: ${HX} } }\nrules: []\n`;
    expect(compileRules(yaml, { templates }).notes).toEqual([
      {
        file: 'rules.yaml',
        line: 2,
        column: 72,
        message: '"t" has the same SID, so both send the same template.',
      },
      {
        file: 'v.json',
        line: 1,
        column: 1,
        message: 'No rule can use this file: "templates" in the rules file does not name "v".',
      },
    ]);
  });
});
