import { describe, expect, it } from 'vitest';
import { EVENTS } from '../../events/make.ts';
import { eventParams } from '../../lib/event/event-params.ts';
import type { MessageAdded } from '../../lib/event/event-types.ts';
import { redrive, replay } from '../../lib/queue/again.ts';
import { openEnvelope, sealEnvelope } from '../../lib/queue/envelope.ts';
import { EnvelopeInvalidError } from '../../lib/queue/envelope-errors.ts';

const AT = 1_795_167_000_500;
const event = EVENTS['onMessageAdded.sms'] as MessageAdded;
const ORDER = { replay: 'a-1', answerUntil: AT + 60_000 };

describe('a dead letter that is redriven', () => {
  const letter = { groupId: 'CH1', id: 'letter-1', body: sealEnvelope(eventParams(event), AT, true) };

  it('is the same event, which may be answered until then, in version 2', () => {
    const message = redrive(letter, AT + 1);
    expect(message).toMatchObject({ groupId: 'CH1', deduplicationId: 'redriven|letter-1' });
    expect(JSON.parse(message.body)).toEqual({ ...JSON.parse(letter.body), v: 2, answerUntil: AT + 1 });
    expect(openEnvelope(message.body)).toEqual({ ...openEnvelope(letter.body), answerUntil: AT + 1 });
  });

  it('keeps what was asked for it before, and may be redriven again', () => {
    const replayed = replay(event, ORDER, AT);
    const again = redrive({ ...letter, body: redrive({ ...letter, body: replayed.body }, 1).body }, AT + 9);
    expect(openEnvelope(again.body)).toMatchObject({ replay: 'a-1', found: true, answerUntil: AT + 9 });
  });

  it('is refused where reply would not open it', () => {
    expect(() => redrive({ ...letter, body: '{}' }, AT)).toThrow(EnvelopeInvalidError);
  });
});

describe('a message that is replayed', () => {
  it('is the event that a list shows, under an id of its own, in version 2', () => {
    const { groupId, deduplicationId, body } = replay(event, ORDER, AT);
    expect([groupId, deduplicationId]).toEqual([event.ConversationSid, `replay|a-1|${event.MessageSid}`]);
    expect(JSON.parse(body)).toMatchObject({ v: 2, ...ORDER, found: true, receivedAt: AT });
    expect(openEnvelope(body)).toMatchObject({ event, found: true, doubtful: false, ...ORDER });
  });

  it.each(['', 'a|b', 'a@b', 'a/1', 'x'.repeat(37)])('has no id such as %j', (id) => {
    expect(() => replay(event, { ...ORDER, replay: id }, AT)).toThrow(
      "The envelope's replay is missing or wrong.",
    );
  });
});
