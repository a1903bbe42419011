import { describe, expect, it } from 'vitest';
import { EVENTS } from '../../events/make.ts';
import { eventParams } from '../../lib/event/event-params.ts';
import { parseEvent } from '../../lib/webhook/parse-event.ts';
import { encodeForm } from '../webhook/requests.ts';

describe('eventParams', () => {
  it('writes a message as Twilio does: what is absent is left out, JSON is a string', () => {
    const { 'onMessageAdded.sms': sms, 'onMessageAdded.media': media } = EVENTS;
    if (sms === undefined || media === undefined) throw new Error('no samples');
    expect(encodeForm(eventParams(sms))).toBe(
      'AccountSid=AC00000000000000000000000000000001&Attributes=%7B%7D&Author=%2B15550100001' +
        '&Body=Where%27s+order+12345%3F+%F0%9F%99%8F&ChatServiceSid=IS00000000000000000000000000000001' +
        '&ConversationSid=CH00000000000000000000000000000001&DateCreated=2026-11-20T09%3A30%3A00.250Z' +
        '&EventType=onMessageAdded&Index=4&MessageSid=IM00000000000000000000000000000001' +
        '&MessagingServiceSid=MG00000000000000000000000000000001' +
        '&ParticipantSid=MB00000000000000000000000000000001&RetryCount=0&Source=SMS',
    );
    expect(eventParams(media).get('Media')).toEqual([
      '[{"Sid":"ME00000000000000000000000000000001","ContentType":"image/jpeg","Filename":"parcel.jpg","Size":42056}]',
    ]);
  });

  it.each(Object.entries(EVENTS))('is undone by parseEvent: %s', (_, event) => {
    expect(parseEvent(eventParams(event))).toMatchObject({ kind: 'event', event });
  });
});
