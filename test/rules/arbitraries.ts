import fc from 'fast-check';
import { CHANNELS } from '../../lib/event/channels.ts';
import { type ConversationEvent, EVENT_NAMES, type MessageAdded } from '../../lib/event/event-types.ts';
import { ANSWERED_EVENTS } from '../../lib/rules/match/conditions/event.ts';
import type { TextTemplate } from '../../lib/rules/render/text-template.ts';
import type { ReplyAction, Rule, RuleBook, When } from '../../lib/rules/types.ts';
import { normalizeText } from '../../lib/text/normalize-text.ts';
import { toWords } from '../../lib/text/to-words.ts';
import { messageAdded } from './support.ts';

/** A small vocabulary, so that messages and rules meet often. */
const WORDS = [
  'hi',
  'order',
  'stop',
  'refund',
  'money back',
  '12345',
  '返金',
  '👍',
  '👩‍💻',
  'Straße',
  'sí',
  'si',
  '#1',
  '١',
  'İptal',
  '',
];
const PATTERNS = [
  '^order (?<number>[0-9]{1,9})',
  '(?<word>[a-z]{1,9})$',
  '^$',
  '.',
  'back',
  '(?<x>h)?',
  '(?<x>o)\\k<x>',
  '(?<word>[0-9]$)',
  '(?<word>💻|i)',
  '^(?:hi|order)',
];
const TYPES = ['image/jpeg', 'image/png', 'audio/ogg', 'application/pdf', 'nonsense', ''];
const PATHS = [
  'match.number',
  'match.x',
  'author',
  'participant.sid',
  'participant.address',
  'participant.identity',
  'participant.attributes.a',
  'conversation.sid',
  'conversation.friendly_name',
  'conversation.attributes.constructor',
  'now',
  'now.date',
];

const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { minLength: 1, maxLength: 3 });
const phrase = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 })
  .map((words) => words.join(' '));

const text: fc.Arbitrary<TextTemplate> = fc.array(
  fc.oneof(
    fc.string({ minLength: 1 }),
    fc.record({ path: fc.constantFrom(...PATHS), default: fc.constant('none') }),
  ),
  { minLength: 1, maxLength: 4 },
);

const action: fc.Arbitrary<ReplyAction> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), Body: text, split: fc.boolean() }),
  fc.record({
    kind: fc.constant('template' as const),
    template: fc.constant('t'),
    ContentSid: fc.constant(`HX${'a'.repeat(32)}`),
    ContentVariables: fc.dictionary(fc.constantFrom('1', 'order', 'name'), text),
  }),
  fc.record({
    kind: fc.constant('media' as const),
    MediaSid: fc.constant(`ME${'a'.repeat(32)}`),
    Body: text,
  }),
);

const when: fc.Arbitrary<When> = fc.record(
  {
    event: some(fc.constantFrom(...ANSWERED_EVENTS)),
    channel: some(fc.constantFrom(...CHANNELS)),
    media: fc.oneof(fc.boolean(), some(fc.constantFrom('image/*', 'image/png', 'audio/*'))),
    keyword: some(phrase.map(normalizeText)),
    includes: some(
      phrase
        .filter((written) => toWords(written).length > 0)
        .map((written) => ({ written, words: toWords(written).join(' ') })),
    ),
    pattern: some(fc.constantFrom(...PATTERNS)),
  },
  { requiredKeys: ['event'] },
);

const then = fc.oneof(
  fc.constant('ignore' as const),
  some(action).map((actions) => ({ actions })),
);

const rule: fc.Arbitrary<Rule> = fc.record({ id: fc.constant('r'), when, then });

/** Books of up to 60 rules, so that patterns fill more than one bundle. */
export const anyBook: fc.Arbitrary<RuleBook> = fc
  .record({
    rules: fc.array(rule, { maxLength: 60, size: 'max' }),
    otherwise: fc.option(fc.record({ id: fc.constant('otherwise'), then }), { nil: undefined }),
  })
  .map(({ rules, otherwise }) => ({
    version: 1,
    templates: {},
    rules: rules.map((one, index) => ({ ...one, id: `r${index}` })),
    ...(otherwise && { otherwise: [otherwise] }),
  }));

const body = fc.oneof(
  { weight: 5, arbitrary: phrase },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);

/** Messages by customers, by us, and by whoever else writes into a conversation. */
export const anyMessage: fc.Arbitrary<MessageAdded> = fc
  .record({
    Author: fc.constantFrom('whatsapp:+15550100001', '+15550100001', 'ada', 'parley', 'system', ''),
    Source: fc.constantFrom('SMS', 'SDK', 'API', 'whatsapp', ''),
    Body: body,
    Media: fc.array(
      fc.constantFrom(...TYPES).map((ContentType) => ({ Sid: `ME${'a'.repeat(32)}`, ContentType })),
      { maxLength: 3 },
    ),
    Attributes: fc.jsonValue(),
  })
  .map(messageAdded);

/** Any of the 23 events, with whatever Twilio may have put into it. */
export const anyEvent: fc.Arbitrary<ConversationEvent> = fc
  .tuple(
    anyMessage,
    fc.constantFrom(...EVENT_NAMES),
    fc.record(
      {
        Identity: fc.constantFrom('ada', 'parley', ''),
        FriendlyName: fc.string(),
        UniqueName: fc.string(),
        'MessagingBinding.Address': fc.array(fc.constantFrom('+15550100001', 'whatsapp:+15550100001', 'x')),
        'MessagingBinding.Type': fc.constantFrom('SMS', 'CHAT', 'WHATSAPP'),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([message, EventType, more]) => ({ ...message, ...more, EventType }) as ConversationEvent);
