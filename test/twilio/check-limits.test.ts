import { describe, expect, it } from 'vitest';
import { checkLimits, type Limits } from '../../lib/twilio/check-limits.ts';
import type { CreateMessageParams } from '../../lib/twilio/messages.ts';
import { InvalidParameterError, LimitExceededError } from '../../lib/twilio/parameter-errors.ts';
import { TEMPLATE } from './fixtures.ts';

const variables = (ContentVariables: Record<string, unknown>) =>
  ({ ContentSid: TEMPLATE, ContentVariables }) as CreateMessageParams;
const many = (count: number, length = 1) =>
  variables(Object.fromEntries(Array.from({ length: count }, (_, i) => [`v${i}`, 'x'.repeat(length)])));
/** Attributes whose JSON has exactly this many bytes. */
const attributes = (bytes: number) => ({ Attributes: { a: 'x'.repeat(bytes - 8) } });

describe('within the limits', () => {
  it.each<[string, CreateMessageParams, Limits?]>([
    ['nothing', {}],
    ['a body of 1,600 characters', { Body: 'x'.repeat(1_600) }],
    ['a chat body of 32 KB', { Body: 'x'.repeat(32_768) }, { channel: 'chat' }],
    ['an author of 256 characters', { Author: 'x'.repeat(256) }],
    ['a subject of 256 characters', { Subject: 'x'.repeat(256) }],
    ['attributes of 4,096 bytes', attributes(4_096)],
    ['100 variables', many(100)],
    ['a variable name of 16 characters', variables({ ['n'.repeat(16)]: 'x' })],
    ['a variable of 256 characters', variables({ '1': 'x'.repeat(256) })],
    [
      'a longer variable where that is allowed',
      variables({ '1': 'x'.repeat(1_600) }),
      { variableLength: 1_600 },
    ],
    ['four spaces in a row', variables({ '1': 'a    b' })],
    ['an empty variable', variables({ '1': '' })],
    ['an emoji in a variable', variables({ '1': '👋🏽' })],
  ])('is %s', (_, params, limits) => {
    expect(() => checkLimits(params, limits)).not.toThrow();
  });
});

describe('over the limit', () => {
  it.each<[string, CreateMessageParams, string, number, number, Limits?]>([
    ['a body for SMS', { Body: 'x'.repeat(1_601) }, 'Body', 1_600, 1_601, { channel: 'sms' }],
    ['a body for WhatsApp', { Body: 'x'.repeat(1_601) }, 'Body', 1_600, 1_601, { channel: 'whatsapp' }],
    ['a body of 801 emoji, counted as Twilio may count', { Body: '👋'.repeat(801) }, 'Body', 1_600, 1_602],
    ['a chat body, in bytes', { Body: 'é'.repeat(16_385) }, 'Body', 32_768, 32_770, { channel: 'chat' }],
    ['an author', { Author: 'x'.repeat(257) }, 'Author', 256, 257],
    ['a subject', { Subject: 'x'.repeat(257) }, 'Subject', 256, 257],
    ['attributes', attributes(4_097), 'Attributes', 4_096, 4_097],
    ['attributes in bytes', { Attributes: { a: 'é'.repeat(2_045) } }, 'Attributes', 4_096, 4_098],
    ['the number of variables', many(101), 'ContentVariables', 100, 101],
    ['a variable', variables({ order: 'x'.repeat(257) }), 'ContentVariables.order', 256, 257],
    [
      'a variable name',
      variables({ ['n'.repeat(17)]: 'x' }),
      `ContentVariables.${'n'.repeat(17)} (the name)`,
      16,
      17,
    ],
    [
      'all variables together',
      many(100, 280),
      'ContentVariables',
      27_801,
      JSON.stringify(many(100, 280).ContentVariables).length,
      { variableLength: 280 },
    ],
  ])('is %s: the error names field, limit and length', (_, params, field, limit, length, limits) => {
    const check = () => checkLimits(params, limits);
    expect(check).toThrow(LimitExceededError);
    expect(check).toThrow(expect.objectContaining({ code: 'limit_exceeded', field, limit, length }));
    expect(check).toThrow(new RegExp(`is ${length} \\w+.* long; Twilio takes at most ${limit}\\.`));
  });
});

describe('of the wrong form', () => {
  it.each<[string, CreateMessageParams, RegExp]>([
    [
      'variables without a template',
      { ContentVariables: { '1': 'x' } },
      /^ContentVariables needs a ContentSid/,
    ],
    ['a number', variables({ '1': 12345 }), /^ContentVariables\.1 is number; make it a string\.$/],
    ['a boolean', variables({ '1': true }), /is boolean/],
    ['null, which Twilio answers with error 21656', variables({ '1': null }), /is null/],
    ['a list', variables({ '1': [] }), /is object/],
    ['a line break', variables({ '1': 'CANARY\nb' }), /holds a line break, a tab/],
    ['a tab', variables({ '1': 'a\tb' }), /holds a line break, a tab/],
    ['a control character', variables({ '1': 'a\u0007b' }), /control character/],
    ['a control character beyond ASCII', variables({ '1': 'a\u0085b' }), /control character/],
    ['five spaces', variables({ '1': 'a     b' }), /four spaces/],
    ['an empty variable name', variables({ '': 'x' }), /is not a variable name/],
    ['a variable name with a space', variables({ 'a b': 'x' }), /is not a variable name/],
  ])('is %s: the error names the field and how to fix it, never the value', (_, params, message) => {
    const check = () => checkLimits(params);
    expect(check).toThrow(InvalidParameterError);
    expect(check).toThrow(message);
    expect(check).not.toThrow(/CANARY/);
  });
});
