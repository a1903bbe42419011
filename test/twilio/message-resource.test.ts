import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageResource as schema } from '../../lib/twilio/message-resource.ts';
import { MESSAGE, messageResource } from './fixtures.ts';

const media = { sid: 'ME1', size: 42_056, content_type: 'image/jpeg', filename: 'car.jpg' };
const delivery = {
  total: 2,
  sent: 'all',
  delivered: 'some',
  read: 'some',
  failed: 'none',
  undelivered: 'none',
};

describe('a message as Twilio returns it', () => {
  it('keeps every field', () => {
    const whole = messageResource({ media: [media], delivery, content_sid: 'HX1', participant_sid: 'MB1' });
    expect(schema.parse(whole)).toEqual(whole);
  });

  it('may have fields we do not know', () => {
    expect(schema.parse({ ...messageResource(), new_field: 1 })).toEqual(messageResource());
  });

  it('is readable with its SID and index alone', () => {
    expect(schema.parse({ sid: MESSAGE, index: 0 })).toMatchObject({
      sid: MESSAGE,
      index: 0,
      author: null,
      body: null,
      media: null,
      delivery: null,
      attributes: '{}',
    });
  });

  it('stays readable whatever the other fields turn into: what was created is not created again', () => {
    const change = fc.dictionary(
      fc.constantFrom(...Object.keys(messageResource()).filter((name) => name !== 'sid' && name !== 'index')),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(change, (changed) => {
        const read = schema.safeParse({ ...messageResource(), ...changed });
        expect(read.data).toMatchObject({ sid: MESSAGE, index: 7 });
      }),
    );
  });

  it.each([
    ['no sid', { index: 0 }],
    ['a sid of another kind', { sid: `CH${'0'.repeat(32)}`, index: 0 }],
    ['a sid too long', { sid: `${MESSAGE}0`, index: 0 }],
    ['a sid in other text', { sid: `x${MESSAGE}`, index: 0 }],
    ['no index', { sid: MESSAGE }],
    ['an index that is not a whole number', { sid: MESSAGE, index: 1.5 }],
  ])('is not one with %s', (_, value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });

  it('shows our marker even if the attributes come as an object, as old pages render them', () => {
    expect(schema.parse(messageResource({ attributes: { parley: { v: 1 } } })).attributes).toBe(
      '{"parley":{"v":1}}',
    );
  });
});
