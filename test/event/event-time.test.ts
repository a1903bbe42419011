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

  it('is when it came in, where Twilio says nothing', () => {
    const { DateCreated: _, ...undated } = participantAdded();
    expect(eventTime(undated as ConversationEvent, 5)).toBe(5);
    expect(eventTime({ ...undated, DateCreated: '' } as ConversationEvent, 5)).toBe(5);
    expect(eventTime(EVENTS['onConversationAdd'] as ConversationEvent, 5)).toBe(5);
  });
});
