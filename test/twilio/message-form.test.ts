import { describe, expect, it } from 'vitest';
import { messageForm } from '../../lib/twilio/message-form.ts';
import type { CreateMessageParams } from '../../lib/twilio/messages.ts';

const form = (params: Record<string, unknown>) => messageForm(params as CreateMessageParams, 'create');

describe('a date', () => {
  it.each([
    ['2026-11-20T12:00:00Z'],
    ['2026-11-20T12:00:00.123Z'],
    ['2026-11-20T12:00:00+01:00'],
    ['2024-02-29T00:00:00-11:30'],
  ])('in the text %s goes as it is', (text) => {
    expect(form({ DateCreated: text })).toEqual({ DateCreated: text });
  });

  it.each([
    '',
    'yesterday',
    '2026-11-20',
    '2026-11-20T12:00:00',
    '2026-13-20T12:00:00Z',
    '2026-11-20 12:00:00Z',
    '2026-11-20T12:00:00Z.',
    '+2026-11-20T12:00:00Z',
    ' 2026-11-20T12:00:00Z',
  ])('is not %j', (text) => {
    expect(() => form({ DateUpdated: text })).toThrow('DateUpdated is not a date');
  });

  it('is not an invalid Date', () => {
    expect(() => form({ DateCreated: new Date(Number.NaN) })).toThrow('DateCreated is not a date');
  });
});

describe('a form', () => {
  it.each([
    ['a list', []],
    ['JSON made by the caller', '{"a":1}'],
    ['null', null],
  ])('takes no %s for Attributes', (_, Attributes) => {
    expect(() => form({ Attributes })).toThrow(/^Attributes must be an object/);
  });

  it('takes no list for ContentVariables', () => {
    expect(() => form({ ContentVariables: [] })).toThrow(/^ContentVariables must be an object/);
  });

  it('says what to do about what cannot be changed', () => {
    expect(() => messageForm({ MediaSid: `ME${'0'.repeat(32)}` }, 'update')).toThrow(
      'MediaSid cannot be changed once the message exists; create another one.',
    );
  });

  it.each(['MediaSid', 'ContentSid'])('takes only a SID for %s', (name) => {
    expect(() => form({ [name]: 'IM1' })).toThrow(`${name} is "IM1"`);
  });

  it.each(['body', 'constructor', '__proto__', 'toString', 'Media'])(
    'takes no parameter called %s',
    (name) => {
      const params = Object.fromEntries([[name, 'x']]);
      expect(() => form(params)).toThrow(
        `${name} is not a parameter of a message; allowed are Author, Body,`,
      );
    },
  );
});
