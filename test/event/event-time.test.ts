import { describe, expect, it } from 'vitest';
import { EVENTS } from '../../events/make.ts';
import { eventTime } from '../../lib/event/event-time.ts';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import { messageAdded, participantAdded } from '../rules/support.ts';

describe('when an event happened', () => {
  it('is what Twilio signed, whenever it came in', () => {
    const DateCreated = '2026-11-20T22:30:00.250Z';
    expect(eventTime(messageAdded({ DateCreated }), 5)).toBe(Date.UTC(2026, 10, 20, 22, 30, 0, 250));
  });

  const SIGNED = {
    DateCreated: '2026-11-20T22:30:00.000Z',
    DateUpdated: '2026-11-20T22:31:00.000Z',
    StateUpdated: '2026-11-20T22:32:00.000Z',
    DateRemoved: '2026-11-20T22:33:00.000Z',
  };
  const changed = { ...SIGNED, DateRemoved: undefined };

  it.each([
    ['a conversation changed', 'onConversationUpdated', SIGNED, 31],
    ['its state changed', 'onConversationStateUpdated', SIGNED, 32],
    ['somebody left', 'onParticipantRemoved', SIGNED, 33],
    ['somebody left, where only a change is dated', 'onParticipantRemoved', changed, 31],
    ['somebody joined', 'onParticipantAdded', SIGNED, 30],
  ] as const)('is when %s', (_, name, dates, minute) => {
    const event = { ...EVENTS[name], ...dates } as ConversationEvent;
    expect(eventTime(event, 5)).toBe(Date.UTC(2026, 10, 20, 22, minute));
  });

  it('is when it came in, where Twilio says nothing', () => {
    const { DateCreated: _, ...undated } = participantAdded();
    expect(eventTime(undated as ConversationEvent, 5)).toBe(5);
    expect(eventTime({ ...undated, DateCreated: '' } as ConversationEvent, 5)).toBe(5);
    expect(eventTime(EVENTS['onConversationAdd'] as ConversationEvent, 5)).toBe(5);
  });
});
