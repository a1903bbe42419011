import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidParameterError } from '../../lib/twilio/parameter-errors.ts';
import { checkName, checkSid, conversationPath } from '../../lib/twilio/resource-path.ts';
import { CONVERSATION, SERVICE } from './fixtures.ts';

describe('a path', () => {
  it('has the segments in Twilio’s order', () => {
    expect(conversationPath({ serviceSid: SERVICE, conversationSid: CONVERSATION }, 'Messages', 'IM1')).toBe(
      `/v1/Services/${SERVICE}/Conversations/${CONVERSATION}/Messages/IM1`,
    );
  });

  it.each([
    ['serviceSid', { serviceSid: 'x', conversationSid: CONVERSATION }],
    ['conversationSid', { serviceSid: SERVICE, conversationSid: '' }],
    ['conversationSid', { serviceSid: SERVICE, conversationSid: '.' }],
    ['conversationSid', { serviceSid: SERVICE, conversationSid: '..' }],
  ])('names the wrong part of an address: %s', (field, address) => {
    expect(() => conversationPath(address)).toThrow(expect.objectContaining({ field }));
  });

  it('has the same segments for whatever name, or the name is refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (conversationSid) => {
        let path: string;
        try {
          path = conversationPath({ serviceSid: SERVICE, conversationSid }, 'Messages');
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidParameterError);
          return;
        }
        const { pathname, search, hash } = new URL(path, 'https://conversations.twilio.com');
        expect(`${pathname}${search}${hash}`).toBe(path);
        expect(path).not.toMatch(/%2f|%5c|%0d|%0a|\/\.\.?\/|\/\//i);
        const segments = path.split('/');
        expect(segments).toHaveLength(7);
        expect(decodeURIComponent(String(segments[5]))).toBe(conversationSid);
      }),
    );
  });
});

describe('a SID', () => {
  it.each([
    'IM',
    `IM${'g'.repeat(32)}`,
    `IM${'0'.repeat(31)}`,
    `IM${'0'.repeat(33)}`,
    `im${'0'.repeat(32)}`,
    `\nIM${'0'.repeat(32)}`,
  ])('is not %j', (value) => {
    expect(() => checkSid('MessageSid', 'IM', value)).toThrow('32 hexadecimal digits');
  });

  it('may have letters of both cases', () => {
    const sid = `IM${'0123456789abcdefABCDEF0123456789'}`;
    expect(checkSid('MessageSid', 'IM', sid)).toBe(sid);
  });
});

describe('a name', () => {
  it('has at most 256 characters', () => {
    expect(checkName('identity', 'a'.repeat(256))).toHaveLength(256);
    expect(() => checkName('identity', 'a'.repeat(257))).toThrow(InvalidParameterError);
  });

  it('that is refused is shown cut short', () => {
    expect(() => checkName('identity', `${'a'.repeat(40)}CANARY/`)).toThrow(
      `identity is "${'a'.repeat(40)}"; 1 to 256 characters without / \\ ? or control characters are allowed.`,
    );
  });
});
