import fc from 'fast-check';
import type { FormParams } from '../../lib/event/form-params.ts';
import { FREE_FIELDS, SHAPES } from '../../lib/webhook/field-shapes.ts';
import { signedText, sortParams } from '../../lib/webhook/sign-webhook.ts';

/**
 * What somebody with one captured webhook can do: cut the signed string elsewhere, so that its signature still holds.
 * `genuine` makes webhooks as Twilio could send them, with texts written by somebody who knows all this; `recut` makes
 * another request of the same string.
 */
export const FIELD_NAMES: readonly string[] = [...new Set([...Object.keys(SHAPES), ...FREE_FIELDS])];

/** And some that Twilio does not use: the forged ones below end in them. */
const NAMES = [
  ...FIELD_NAMES,
  'Zzz',
  'edX',
  'Cats',
  'ReplyToMessageSid',
  'PreviousParticipantSid',
  'ReplyTo',
];

const sid = (prefix: string) =>
  fc.constantFrom(`${prefix}${'0123456789abcdef'.repeat(2)}`, `${prefix}${'f'.repeat(32)}`);
const date = fc.constantFrom('2026-08-11T13:03:28.879Z', '2026-08-11T13:03:29Z');
const eventType = fc.constantFrom(
  'onMessageAdd',
  'onMessageAdded',
  'onMessageUpdated',
  'onConversationUpdated',
  'onParticipantAdded',
);
const shaped: Readonly<Record<string, fc.Arbitrary<string>>> = {
  AccountSid: sid('AC'),
  Attributes: fc.constantFrom('{}', '{"a":"}Author"}', '[1]', ' {"x":"BodyZ"}', '"s"', '7'),
  ChannelMessageSid: sid('SM'),
  ChatServiceSid: sid('IS'),
  ConversationSid: sid('CH'),
  DateCreated: date,
  DateUpdated: date,
  DeliveryReceiptSid: sid('DY'),
  EventType: eventType,
  Index: fc.constantFrom('1', '25'),
  Media: fc.constantFrom('[]', `[{"Sid":"ME${'0'.repeat(32)}","ContentType":"a/b","Filename":"Body.jpg"}]`),
  MessageSid: sid('IM'),
  MessagingServiceSid: sid('MG'),
  ParticipantSid: sid('MB'),
  RetryCount: fc.constantFrom('0', '1'),
  RoleSid: sid('RL'),
  Source: fc.constantFrom('SMS', 'API', 'SDK', 'WHATSAPP', 'sms', 'NEWCHANNEL', 'WhatsApp'),
  State: fc.constantFrom('active', 'archived'),
  Status: fc.constantFrom('sent', 'queued'),
  UserSid: sid('US'),
};

const word = fc.constantFrom(
  'Cats',
  'Call ',
  'hello ',
  'ed',
  'd',
  'Z',
  'Zzz',
  'ButtonPayload',
  '+15550100',
  'x',
  ' ',
  '',
);
const piece = fc.oneof(
  word,
  fc.constantFrom(...FIELD_NAMES).chain((name) => (shaped[name] ?? word).map((value) => name + value)),
);
/** A whole webhook, typed, and at its end something for the real one to vanish in. */
const forgedTail = fc
  .tuple(
    fc.constantFrom(
      [
        'ChatServiceSid',
        'ConversationSid',
        'DateCreated',
        'EventType',
        'Index',
        'MessageSid',
        'ParticipantSid',
        'Source',
      ],
      [
        'ChatServiceSid',
        'ConversationSid',
        'DateCreated',
        'DateUpdated',
        'EventType',
        'RetryCount',
        'Source',
        'State',
      ],
      [
        'ClientIdentity',
        'ConversationSid',
        'DateCreated',
        'EventType',
        'Identity',
        'ParticipantSid',
        'Source',
      ],
    ),
    fc.constantFrom(
      'FriendlyName',
      'Identity',
      'MessageBody',
      'Previous',
      'ReplyTo',
      'UniqueName',
      'Zzz',
      'edX',
    ),
  )
  .chain(([names, end]) => {
    const before = names.filter((name) => name < end);
    return fc.tuple(
      ...before.map((name) => (shaped[name] ?? word).map((value) => name + value)),
      fc.constant(end),
    );
  })
  .map((pieces) => pieces.join(''));
const text = fc.oneof(
  fc.constantFrom(
    'alice',
    '+15550100',
    'whatsapp:+15550100',
    'hello',
    'Call me Cats',
    'Social Media',
    'My Body hurts',
    'a@b.example',
    '',
  ),
  fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('')),
  forgedTail,
);

const address = fc.constantFrom(['+15550101'], ['a@b.example'], ['+15550101', '+15550102']);
/** Names that end in one that we know, as Twilio likes to make them. */
const namedFor = fc
  .constantFrom(
    ['ReplyToMessageSid', 'IM'],
    ['QuotedMessageSid', 'IM'],
    ['PreviousParticipantSid', 'MB'],
    ['ParentAccountSid', 'AC'],
    ['OriginConversationSid', 'CH'],
  )
  .chain(([name, prefix]) => fc.tuple(fc.constant(name as string), sid(prefix as string)));
const plain = fc.tuple(
  fc.constantFrom(
    'Foo',
    'AuthorName',
    'BodyType',
    'SourceCountry',
    'Tags',
    'Language',
    'ButtonPayload',
    'isFoo',
    'edition',
    'MessageIndex',
    'Zed',
  ),
  fc.constantFrom('x', '', 'yes', '{"a":1}', 'Body'),
);

const unknown = fc.uniqueArray(fc.oneof({ weight: 2, arbitrary: plain }, namedFor), {
  minLength: 1,
  maxLength: 3,
  selector: ([name]) => name,
});

interface Kind {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}
const COMMON = ['Attributes', 'ChatServiceSid', 'ClientIdentity', 'RetryCount', 'Source'];
const MESSAGE = [...COMMON, 'Body', 'Media', 'MessagingServiceSid', 'ParticipantSid'];
const STORED = ['Author', 'ConversationSid', 'DateCreated', 'Index', 'MessageSid'];
const CONVERSATION = [...COMMON, 'FriendlyName', 'MessagingServiceSid', 'State', 'UniqueName'];
const KINDS: Readonly<Record<string, Kind>> = {
  onMessageAdded: { required: STORED, optional: MESSAGE },
  onMessageAdd: { required: ['Author', 'ConversationSid'], optional: MESSAGE },
  onMessageUpdated: { required: [...STORED, 'DateUpdated'], optional: MESSAGE },
  onConversationAdd: { required: [], optional: [...CONVERSATION, 'MessageBody', 'MessagingBinding.Address'] },
  onConversationAdded: {
    required: ['ConversationSid', 'DateCreated'],
    optional: [...CONVERSATION, 'MessagingBinding.Address', 'MessagingBinding.ProxyAddress'],
  },
  onParticipantAdded: {
    required: ['ConversationSid', 'DateCreated', 'ParticipantSid'],
    optional: [...COMMON, 'Identity', 'MessagingBinding.Address', 'RoleSid'],
  },
  onDeliveryUpdated: {
    required: ['ConversationSid', 'DeliveryReceiptSid', 'MessageSid', 'Status'],
    optional: [...COMMON, 'ChannelMessageSid', 'ParticipantSid'],
  },
  onUserAdded: { required: ['Identity', 'UserSid'], optional: [...COMMON, 'FriendlyName', 'RoleSid'] },
};

function values(name: string): fc.Arbitrary<readonly string[]> {
  if (name === 'MessagingBinding.Address') return address;
  return (shaped[name] ?? text).map((value) => [value]);
}

export const genuine: fc.Arbitrary<FormParams> = fc
  .oneof({ weight: 3, arbitrary: fc.constant('onMessageAdded') }, fc.constantFrom(...Object.keys(KINDS)))
  .chain((EventType) => {
    const { required, optional } = KINDS[EventType] as Kind;
    const names = ['AccountSid', ...required, ...optional];
    return fc
      .tuple(
        fc.record(Object.fromEntries(names.map((name) => [name, values(name)])), {
          requiredKeys: ['AccountSid', ...required],
        }),
        fc.option(unknown, { freq: 3 }),
      )
      .map(([params, extra]) => {
        const entries = Object.entries(params).filter(
          (entry): entry is [string, readonly string[]] => entry[1] !== undefined,
        );
        const more = (extra ?? []).map(([name, value]) => [name, [value]] as const);
        return new Map([['EventType', [EventType]], ...entries, ...more]);
      });
  });

/** @returns another request with the same signed string, or undefined when `chance` does not lead to one. */
export function recut(params: FormParams, chance: number): FormParams | undefined {
  const next = numbers(chance);
  const cut = [shift, redraw, promote][next(3)]?.(params, next);
  return cut !== undefined && signedText(cut) === signedText(params) ? cut : undefined;
}

/** Numbers below a limit, the same for the same start (mulberry32). */
function numbers(start: number): Next {
  let state = start;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, limit);
  };
}

type Next = (limit: number) => number;
type Pair = [name: string, value: string];

/** Small moves: merge neighbours, split a value, let a name or a value take from what is beside it. */
function shift(params: FormParams, next: Next): FormParams {
  const pairs = toPairs(params);
  for (let moves = 1 + next(3); moves > 0; moves -= 1) {
    const at = next(pairs.length);
    const [name, value] = pairs[at] as Pair;
    const behind = pairs[at + 1];
    const move = next(6);
    if (move === 0 && behind) pairs.splice(at, 2, [name, value + behind.join('')]);
    if (move === 1) {
      const swallowed = pairs.splice(at + 1, next(pairs.length - at)).flat();
      pairs[at] = [name, value + swallowed.join('')];
    }
    if (move === 2) {
      const starts = FIELD_NAMES.flatMap((field) => (value.includes(field) ? [value.indexOf(field)] : []));
      const start =
        starts.length > 0 && next(3) > 0 ? (starts[next(starts.length)] ?? 0) : next(value.length);
      const field = longestName(value, start);
      const end = start + (field !== undefined && next(4) > 0 ? field.length : 1 + next(10));
      pairs.splice(at, 1, [name, value.slice(0, start)], [value.slice(start, end), value.slice(end)]);
    }
    if (move === 3) {
      const whole = name + value;
      const length = Math.max(1, name.length + next(17) - 8);
      pairs[at] = [whole.slice(0, length), whole.slice(length)];
    }
    if (move >= 4 && behind) {
      const whole = value + behind.join('');
      const start = Math.max(0, value.length + next(13) - 6);
      const end = start + Math.max(1, behind[0].length + next(7) - 3);
      pairs.splice(at, 2, [name, whole.slice(0, start)], [whole.slice(start, end), whole.slice(end)]);
    }
  }
  return toMap(pairs);
}

/** Forgets where the parameters were and reads the string anew, from wherever something looks like a name. */
function redraw(params: FormParams, next: Next): FormParams | undefined {
  const signed = signedText(params);
  const pairs: Pair[] = [];
  const skip = 2 + next(40);
  // From here on the last one swallows everything.
  const stop = next(2) === 0 ? signed.length : next(signed.length);
  let at = 0;
  while (at < signed.length) {
    const field = longestName(signed, at);
    const name = field !== undefined && next(12) > 0 ? field : signed.slice(at, at + 1 + next(24));
    const last = pairs.at(-1)?.[0] ?? '';
    if (name < last || !/^[A-Za-z]/.test(name)) return undefined;
    let end = at + name.length;
    while (end < signed.length && !(end < stop && startsName(signed, end, name) && next(skip) > 0)) end += 1;
    pairs.push([name, signed.slice(at + name.length, end)]);
    at = end;
  }
  return toMap(pairs);
}

/** Takes the parameters that somebody typed into a text for real ones; the last of them swallows those behind it. */
function promote(params: FormParams, next: Next): FormParams | undefined {
  const pairs = toPairs(params);
  const texts = pairs.flatMap(([, value], at) => (value.includes('EventType') ? [at] : []));
  const at = texts[next(texts.length)];
  if (at === undefined) return undefined;
  const [name, value] = pairs[at] as Pair;
  const behind = pairs.splice(at).slice(1).flat().join('');
  let start = 0;
  let last = name;
  for (let end = 0; end < value.length; end += 1) {
    const found = longestName(value, end);
    if (found === undefined || found <= last) continue;
    pairs.push([last, value.slice(start, end)]);
    [last, start] = [found, end + found.length];
  }
  pairs.push([last, value.slice(start) + behind]);
  return toMap(pairs);
}

function startsName(signed: string, at: number, previous: string): boolean {
  const field = longestName(signed, at);
  return field === undefined ? /[A-Za-z]/.test(signed[at] ?? '') && at % 13 === 0 : field > previous;
}

/** The longest first. */
const BY_LETTER = Map.groupBy(
  NAMES.toSorted((a, b) => b.length - a.length),
  (name) => name[0] ?? '',
);

function longestName(text: string, at: number): string | undefined {
  return BY_LETTER.get(text[at] ?? '')?.find((name) => text.startsWith(name, at));
}

function toPairs(params: FormParams): Pair[] {
  return sortParams(params).flatMap(([name, values]) =>
    [...new Set(values)].sort().map((value): Pair => [name, value]),
  );
}

function toMap(pairs: readonly Pair[]): FormParams {
  const params = new Map<string, string[]>();
  for (const [name, value] of pairs) params.set(name, [...(params.get(name) ?? []), value]);
  return params;
}
