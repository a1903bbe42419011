import { describe, expect, it } from 'vitest';
import { subjectKey } from '../../lib/guards/subject-key.ts';
import { conversationAdded, messageAdded, participantAdded } from '../rules/support.ts';

const ONE = `MB${'1'.repeat(32)}`;
const TWO = `MB${'2'.repeat(32)}`;

describe('whom an event is about', () => {
  it('is the participant who wrote or joined', () => {
    expect(subjectKey(messageAdded({ ParticipantSid: ONE }))).toBe(ONE);
    expect(subjectKey(participantAdded({ ParticipantSid: TWO }))).toBe(TWO);
  });

  it('is an author who takes no part, without their address', () => {
    const { ParticipantSid: _, ...stranger } = messageAdded({ Author: '+15550100001' });
    const key = subjectKey(stranger);
    expect(key).not.toContain('15550100001');
    expect(subjectKey({ ...stranger, Author: '+15550100002' })).not.toBe(key);
    expect(subjectKey({ ...stranger, Body: 'another' })).toBe(key);
  });

  it('is nobody where a conversation began', () => {
    expect(subjectKey(conversationAdded())).toBeUndefined();
  });
});
