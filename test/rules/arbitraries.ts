import fc from 'fast-check';
import { CHANNELS } from '../../lib/event/channels.ts';
import { type ConversationEvent, EVENT_NAMES, type MessageAdded } from '../../lib/event/event-types.ts';
import { tolerated } from '../../lib/rules/compile/tolerated.ts';
import type { AnswerKind } from '../../lib/rules/match/conditions/answer.ts';
import { ANSWERED_EVENTS } from '../../lib/rules/match/conditions/event.ts';
import type { Read } from '../../lib/rules/match/reading.ts';
import type { Memory, OpenQuestion } from '../../lib/rules/memory.ts';
import { onceKey } from '../../lib/rules/once-key.ts';
import type { Localized, TextTemplate } from '../../lib/rules/render/text-template.ts';
import type {
  Answer,
  Otherwise,
  PlainAction,
  ReplyAction,
  Rule,
  RuleBook,
  Then,
  When,
} from '../../lib/rules/types.ts';
import { ignoreAccents } from '../../lib/text/ignore-accents.ts';
import { normalizeText } from '../../lib/text/normalize-text.ts';
import { toWords } from '../../lib/text/to-words.ts';
import { messageAdded } from './support.ts';

/** When messages are written. */
const NOW = Date.parse(messageAdded().DateCreated);
const HOURS = { week: Array.from({ length: 7 }, () => [[540, 1440] as const]) };

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
const IDS = ['r0', 'r1', 'r2', 'r3'];
const VALUES = [
  'remembered.a',
  'participant.attributes.a',
  'conversation.attributes.a',
  'language',
  'author',
  'text',
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
  'now.time',
  'answer',
  'text',
  'language',
  'remembered.a',
  'hours.day.today',
  'hours.day.next',
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

const localized = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Localized<T>> =>
  fc.oneof(
    { weight: 3, arbitrary },
    fc
      .record({ en: arbitrary, de: arbitrary }, { requiredKeys: ['en'] })
      .map((byLanguage) => ({ byLanguage })),
  );

const NAMES = ['a', 'b', 'language'];

const plain: fc.Arbitrary<PlainAction> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), Body: localized(text), split: fc.boolean() }),
  fc.record({
    kind: fc.constant('template' as const),
    template: fc.constant('t'),
    ContentSid: localized(fc.constantFrom(`HX${'a'.repeat(32)}`, `HX${'b'.repeat(32)}`)),
    ContentVariables: fc.dictionary(fc.constantFrom('1', 'order', 'name'), localized(text)),
  }),
  fc.record({
    kind: fc.constant('media' as const),
    MediaSid: fc.constant(`ME${'a'.repeat(32)}`),
    Body: localized(text),
  }),
  fc.record({
    kind: fc.constant('remember' as const),
    values: fc.dictionary(fc.constantFrom(...NAMES), text),
  }),
  fc.record({
    kind: fc.constant('forget' as const),
    names: fc.oneof(fc.constant('all' as const), some(fc.constantFrom(...NAMES))),
  }),
  fc.record({
    kind: fc.constant('tag' as const),
    attributes: fc.dictionary(fc.constantFrom('a', 'b'), text),
  }),
);

/** Nobody answers a call here: its `else` is done. */
const action: fc.Arbitrary<ReplyAction> = fc.oneof(
  { weight: 8, arbitrary: plain },
  fc.record({
    kind: fc.constant('call' as const),
    handler: fc.constant('look'),
    values: fc.dictionary(fc.constantFrom('a', 'b'), text),
    remembers: fc.subarray(NAMES),
    else: fc.array(plain, { maxLength: 2 }),
  }),
);

const handover: fc.Arbitrary<ReplyAction> = fc.record({
  kind: fc.constant('handover' as const),
  forMs: fc.constantFrom(1_000, 86_400_000),
  back: fc.array(fc.constantFrom('bot', 'hi'), { maxLength: 2 }),
  invite: fc.array(fc.constantFrom('dana', 'eve'), { maxLength: 2 }),
});

/** What may stand in `unless` too. */
const conditions = {
  channel: some(fc.constantFrom(...CHANNELS)),
  media: fc.oneof(fc.boolean(), some(fc.constantFrom('image/*', 'image/png', 'audio/*'))),
  keyword: some(phrase.map(normalizeText)),
  includes: some(
    phrase
      .filter((written) => toWords(written).length > 0)
      .map((written) => ({ written, words: toWords(written).join(' ') })),
  ),
  pattern: some(fc.constantFrom(...PATTERNS)),
  near: some(
    phrase.map((written) => ({
      written,
      text: ignoreAccents(normalizeText(written)),
      slips: tolerated(written),
    })),
  ),
  after: some(fc.constantFrom(...IDS)),
  answer: some(
    fc.constantFrom<AnswerKind>(
      ...(['number', 'email', 'phone', 'yes', 'no', 'text'] as const).map((kind) => ({
        kind,
        written: kind,
      })),
      { kind: 'range', low: '1', written: '1..' },
      { kind: 'range', high: '9', written: '..9' },
    ),
  ),
  misses: fc.constantFrom(1, 2),
  first: fc.constantFrom<true | number>(true, 60_000),
  open: some(fc.constantFrom('day', 'night')),
  closed: some(fc.constantFrom('day', 'night')),
  has: some(fc.constantFrom(...VALUES)),
  where: fc.dictionary(fc.constantFrom(...VALUES), some(fc.constantFrom('x', 'en', 'ada', 'hi')), {
    minKeys: 1,
  }),
};

/** Few conditions a rule, or hardly any would ever match. */
const few = <T extends object>(all: fc.Arbitrary<T>, keys: fc.Arbitrary<readonly string[]>) =>
  fc
    .tuple(all, keys)
    .map(([given, kept]) =>
      Object.fromEntries(Object.entries(given).filter(([key]) => key === 'event' || kept.includes(key))),
    );

const group = few(
  fc.record(conditions),
  fc.subarray(Object.keys(conditions), { minLength: 1, maxLength: 2 }),
);

const when = few(
  fc.record({
    event: some(fc.constantFrom(...ANSWERED_EVENTS)),
    ...conditions,
    once: fc.constantFrom(60_000, 86_400_000),
    unless: some(group),
  }),
  fc.subarray([...Object.keys(conditions), 'once', 'unless'], { maxLength: 3 }),
) as fc.Arbitrary<When>;

const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ actions: some(action) }) },
  fc.record({ actions: fc.array(action, { maxLength: 2 }), goTo: fc.constantFrom(...IDS) }),
  fc
    .tuple(fc.array(action, { maxLength: 2 }), handover)
    .map(([before, last]) => ({ actions: [...before, last] })),
);

const then: fc.Arbitrary<Then> = fc.oneof(fc.constant('ignore' as const), { weight: 3, arbitrary: answer });

const items = (owner: string): fc.Arbitrary<readonly Otherwise[]> =>
  fc
    .array(fc.record({ when, then }, { requiredKeys: ['then'] }), { minLength: 1, maxLength: 3 })
    .map((list) => list.map((item, index) => ({ ...item, id: `${owner}otherwise.${index + 1}` })));

const saying = fc.record({ actions: some(action) });

const rule: fc.Arbitrary<Omit<Rule, 'id'>> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ when, then }) },
  fc.record({
    when, // biome-ignore lint/suspicious/noThenProperty: a rule has it
    then: saying,
    continues: fc.constant(true as const),
  }),
  fc.record(
    {
      when,
      // biome-ignore lint/suspicious/noThenProperty: a rule has it
      then: saying,
      waits: fc.record(
        { ms: fc.constantFrom(60_000, 86_400_000), keep: fc.constant(true as const) },
        { requiredKeys: ['ms'] },
      ),
      otherwise: items('r.'),
    },
    { requiredKeys: ['then', 'waits'] },
  ),
);

/** Books of up to 60 rules, so that patterns fill more than one bundle. */
export const anyBook: fc.Arbitrary<RuleBook> = fc
  .record({
    rules: fc.array(rule, { maxLength: 60, size: 'max' }),
    otherwise: fc.option(items(''), { nil: undefined }),
    languages: fc.option(fc.constant(['en', 'de']), { nil: undefined }),
  })
  .map(({ rules, otherwise, languages }) => ({
    version: 1,
    templates: {},
    ...(languages && { languages }),
    hours: { day: HOURS, night: HOURS },
    rules: rules.map((one, index) => ({ ...structuredClone(one), id: `r${index}` })),
    ...(otherwise && { otherwise: structuredClone(otherwise) }),
  }));

/** What may be remembered of a conversation. */
export const anyMemory: fc.Arbitrary<Memory> = fc.record(
  {
    customerAt: fc.constantFrom(NOW, NOW - 3_600_000, NOW - 40 * 86_400_000),
    question: fc.record(
      {
        rule: fc.constantFrom(...IDS, 'gone'),
        to: fc.constantFrom(`MB${'a'.repeat(32)}`, 'another'),
        index: fc.constantFrom(-1, 0),
        at: fc.constantFrom(NOW, NOW - 3_600_000),
        misses: fc.nat(3),
      },
      { requiredKeys: ['rule', 'index', 'at', 'misses'] },
    ) as fc.Arbitrary<OpenQuestion>,
    values: fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom('x', 'de', 'hi')),
    once: fc.constantFrom({ [onceKey('r0')]: NOW }, { [onceKey('otherwise.1')]: NOW - 3_600_000 }),
    language: fc.constant({ of: `MB${'a'.repeat(32)}`, language: 'de', at: NOW }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Memory>;

/** What is read where it is asked for. */
export const anyRead: fc.Arbitrary<Required<Read>> = fc.record({
  participant: fc.constantFrom(
    null,
    { attributes: '{"a":"x","language":"de"}' },
    { identity: 'ada', attributes: '[]' },
  ),
  conversation: fc.constantFrom(null, { attributes: '{"a":"hi","language":"fr"}', friendly_name: 'x' }),
});

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
