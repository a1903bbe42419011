import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageAddedFrom } from '../../lib/history/message-event.ts';
import { openEnvelope, sealFound } from '../../lib/queue/envelope.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';

const ACCOUNT = `AC${'1'.repeat(32)}`;
const address = { serviceSid: `IS${'1'.repeat(32)}`, conversationSid: `CH${'2'.repeat(32)}` };
const AT = Date.UTC(2026, 0, 1);

function listed(over: Partial<MessageResource> = {}): MessageResource {
  return {
    sid: `IM${'3'.repeat(32)}`,
    index: 7,
    author: 'ana',
    body: 'hello',
    attributes: '{}',
    participant_sid: `MB${'4'.repeat(32)}`,
    media: null,
    date_created: '2026-01-01T00:00:00Z',
    ...over,
  } as MessageResource;
}

const eventOf = (over: Partial<MessageResource>) => messageAddedFrom(listed(over), ACCOUNT, address);

describe('the event that is made of a listed message', () => {
  // It was put on the queue every five minutes, for ever: what was sealed could not be opened.
  it.each<readonly [string, Partial<MessageResource>, object]>([
    ['an empty author', { author: '' }, { Author: 'system' }],
    ['nobody', { author: null }, { Author: 'system' }],
    [
      'a date of another notation',
      { date_created: '2026-01-01T01:00:00+01:00' },
      { DateCreated: '2026-01-01T00:00:00.000Z' },
    ],
    [
      'a date with five digits in its year',
      { date_created: '+010000-01-01T00:00:00Z' },
      { DateCreated: '1970-01-01T00:00:00.000Z' },
    ],
    ['words for a date', { date_created: 'yesterday' }, { DateCreated: '1970-01-01T00:00:00.000Z' }],
    ['no text', { body: null }, { Body: '' }],
    ['Attributes that are not JSON', { attributes: '{' }, { Attributes: {} }],
    [
      'a file of which nothing is known',
      { media: [{ sid: `ME${'5'.repeat(32)}`, content_type: null, filename: null, size: null }] },
      { Media: [{ Sid: `ME${'5'.repeat(32)}`, ContentType: 'application/octet-stream' }] },
    ],
    [
      'a file of which all is known',
      { media: [{ sid: `ME${'5'.repeat(32)}`, content_type: 'image/jpeg', filename: 'a.jpg', size: 7 }] },
      { Media: [{ Sid: `ME${'5'.repeat(32)}`, ContentType: 'image/jpeg', Filename: 'a.jpg', Size: 7 }] },
    ],
    [
      'a file without a SID',
      { media: [{ sid: '', content_type: null, filename: null, size: null }] },
      { Media: [] },
    ],
  ])('can be opened again with %s', (_, over, expected) => {
    expect(eventOf(over)).toMatchObject(expected);
    expect(openEnvelope(sealFound(eventOf(over), AT))).toMatchObject({ event: expected, found: true });
  });

  it('names no participant where there is none, or none that could be', () => {
    for (const participant_sid of [null, '', 'MB7', 'ana'])
      expect(eventOf({ participant_sid })).not.toHaveProperty('ParticipantSid');
  });

  // A text that looks like a field behind it passed for a signed string that was cut elsewhere.
  it.each([
    `my ParticipantSidMB${'5'.repeat(32)}`,
    `my ChatServiceSidIS${'5'.repeat(32)}ConversationSidCH${'5'.repeat(32)}`,
    `x MessagingServiceSidMG${'5'.repeat(32)}`,
    'Body Author Index9',
  ])('is certain whatever its text holds: %j', (body) => {
    const event = eventOf({ body, author: `chat ${body}`, participant_sid: null });
    expect(openEnvelope(sealFound(event, AT))).toEqual({
      event,
      receivedAt: AT,
      address,
      doubtful: false,
      found: true,
    });
  });

  it('can be opened again whatever Twilio lists', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '{}', 'null', '7', '"', 'ParticipantSid'),
    );
    const resource = fc.record({
      author: fc.option(text),
      body: fc.option(text),
      attributes: text,
      participant_sid: fc.option(text),
      date_created: fc.option(fc.oneof(text, fc.date({ noInvalidDate: true }).map(String))),
      index: fc.nat(),
      media: fc.option(
        fc.array(
          fc.record({
            sid: text,
            content_type: fc.option(text),
            filename: fc.option(text),
            size: fc.option(fc.nat()),
          }),
        ),
      ),
    });
    fc.assert(
      fc.property(resource, (over) => {
        const event = eventOf(over as Partial<MessageResource>);
        expect(openEnvelope(sealFound(event, AT)).event).toEqual(event);
      }),
    );
  });
});
