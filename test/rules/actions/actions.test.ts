import { describe, expect, it } from 'vitest';
import { contentOf, type PlannedMessage } from '../../../lib/rules/actions/actions.ts';

const ME = `ME${'a'.repeat(32)}`;
const HX = `HX${'a'.repeat(32)}`;

/** As they stand in records; whatever a later version may add to them is not for Twilio. */
const added = { later: 'x' };

describe('what Twilio creates a planned message from', () => {
  it.each<readonly [what: string, message: PlannedMessage, content: string]>([
    ['a text', { kind: 'text', Body: 'Hello', ...added }, '{"Body":"Hello"}'],
    [
      'a template, without its name in our catalogue',
      { kind: 'template', template: 't', ContentSid: HX, ContentVariables: { a: 'b' }, ...added },
      `{"ContentSid":"${HX}","ContentVariables":{"a":"b"}}`,
    ],
    ['media', { kind: 'media', MediaSid: ME, ...added }, `{"MediaSid":"${ME}"}`],
    [
      'media with a text',
      { kind: 'media', MediaSid: ME, Body: 'Look', ...added },
      `{"MediaSid":"${ME}","Body":"Look"}`,
    ],
  ])('is Twilio’s parameters, in this order, and no more: %s', (_, message, content) => {
    expect(JSON.stringify(contentOf(message))).toBe(content);
  });
});
