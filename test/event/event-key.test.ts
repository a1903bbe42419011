import { describe, expect, it } from 'vitest';
import { EVENTS } from '../../events/make.ts';
import { eventKey } from '../../lib/event/event-key.ts';
import type { ConversationEvent } from '../../lib/event/event-types.ts';

const samples = Object.entries(EVENTS);
const one = (prefix: string) => `${prefix}${'1'.padStart(32, '0')}`;
const DATE = '2026-11-20T09:30:00.250Z';

describe('eventKey', () => {
  it.each<[sample: string, key: string]>([
    ['onMessageAdded.sms', `onMessageAdded|${one('IM')}`],
    ['onMessageUpdated', `onMessageUpdated|${one('IM')}|${DATE}`],
    ['onMessageRemoved', `onMessageRemoved|${one('IM')}`],
    ['onConversationAdded', `onConversationAdded|${one('CH')}`],
    ['onConversationRemoved', `onConversationRemoved|${one('CH')}`],
    ['onConversationStateUpdated', `onConversationStateUpdated|${one('CH')}|${DATE}`],
    ['onParticipantAdded', `onParticipantAdded|${one('MB')}|${DATE}`],
    ['onParticipantUpdated', `onParticipantUpdated|${one('MB')}|${DATE}`],
    ['onParticipantRemoved', `onParticipantRemoved|${one('MB')}|${DATE}`],
    ['onDeliveryUpdated', `onDeliveryUpdated|${one('DY')}|undelivered`],
  ])('of %s is %s', (sample, key) => {
    expect(eventKey(EVENTS[sample] as ConversationEvent)).toBe(key);
  });

  it('of an event that names nothing of its own stays what it was in the version before', () => {
    const digest = 'bb163008f62a31f9c0cf1f03cb987d77effb06b862bba48a23a5b44c4c436fd5';
    expect(eventKey(EVENTS['onUserUpdated'] as ConversationEvent)).toBe(`onUserUpdated|${digest}`);
  });

  it.each(samples)('of %s is one that SQS takes', (_, event) => {
    expect(eventKey(event)).toMatch(/^[!-~]{1,128}$/);
    expect(eventKey(event)).toMatch(new RegExp(`^${event.EventType}\\|.{20}`));
  });

  it.each(samples)('of %s stays the same when Twilio tries again', (_, event) => {
    expect(eventKey({ ...event, RetryCount: 3 })).toBe(eventKey(event));
    const { RetryCount: _dropped, ...rest } = event;
    expect(eventKey(rest as ConversationEvent)).toBe(eventKey(event));
  });

  it.each(samples)('of %s does not depend on the order of its fields', (_, event) => {
    const reversed = Object.fromEntries(Object.entries(event).toReversed()) as unknown as ConversationEvent;
    expect(eventKey(reversed)).toBe(eventKey(event));
  });

  it('differs between any two events', () => {
    const perEvent = new Map(samples.map(([, event]) => [event.EventType, eventKey(event)]));
    expect(new Set(perEvent.values()).size).toBe(23);
  });

  it('of a participant who joined goes by when that was, whatever else the event says', () => {
    const event = { ...EVENTS['onParticipantAdded'], DateUpdated: '2026-11-21T00:00:00Z' };
    expect(eventKey(event as ConversationEvent)).toBe(`onParticipantAdded|${one('MB')}|${DATE}`);
  });

  it('tells two changes of one participant apart, by their date', () => {
    const { DateUpdated: _, ...event } = EVENTS['onParticipantUpdated'] as ConversationEvent & {
      DateUpdated: string;
    };
    const at = (DateUpdated: string) => eventKey({ ...event, DateUpdated } as ConversationEvent);
    expect(at('2026-11-20T09:30:00.251Z')).not.toBe(at(DATE));
    expect(eventKey(event as ConversationEvent)).toBe(`onParticipantUpdated|${one('MB')}|${DATE}`);
  });

  it('takes everything else an event says into account where it names nothing of its own', () => {
    const event = EVENTS['onUserUpdated'] as ConversationEvent;
    expect(eventKey({ ...event, Attributes: { a: 1 } } as ConversationEvent)).not.toBe(eventKey(event));
    expect(eventKey({ ...event, ClientIdentity: 'somebody' })).not.toBe(eventKey(event));
  });
});
