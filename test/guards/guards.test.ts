import { describe, expect, it } from 'vitest';
import { MARKER_KEY, suppressReason } from '../../lib/guards/guards.ts';
import { conversationAdded, messageAdded, participantAdded } from '../rules/support.ts';

const reason = (fields: Parameters<typeof messageAdded>[0]) => suppressReason(messageAdded(fields), 'parley');

describe('guards against answering ourselves', () => {
  it('lets a customer through', () => {
    expect(reason({ Body: 'hello' })).toBeUndefined();
  });

  it('stops a message by our own author, with nothing else to tell it', () => {
    expect(reason({ Author: 'parley', Source: 'SDK' })).toBe('own_author');
  });

  it('lets an author through whose name only resembles ours', () => {
    expect(reason({ Author: 'parley-fan', Source: 'SDK' })).toBeUndefined();
  });

  it.each([['system'], ['System'], ['SYSTEM']])('stops a message by Twilio’s author %s', (Author) => {
    expect(reason({ Author, Source: 'SDK' })).toBe('system_author');
  });

  it.each([['API'], ['api'], ['Api']])('stops a message from Source %s', (Source) => {
    expect(reason({ Source })).toBe('api_source');
  });

  it.each([['SMS'], ['SDK'], ['WHATSAPP'], ['']])('lets Source %j through', (Source) => {
    expect(reason({ Source })).toBeUndefined();
  });

  it('lets a message through that says nothing of its Source', () => {
    const { Source: _, ...event } = messageAdded();
    expect(suppressReason(event, 'parley')).toBeUndefined();
  });

  it('calls its marker parley', () => {
    expect(MARKER_KEY).toBe('parley');
  });

  it.each([[{ in_reply_to: 'IM1', part: '1/1' }], [{}], [true], [null]])(
    'stops a message marked with %j',
    (marker) => {
      expect(reason({ Attributes: { parley: marker } })).toBe('own_marker');
    },
  );

  it.each([[{}], [{ Parley: 1 }], [{ other: { parley: 1 } }], [['parley']], ['parley'], [null], [7]])(
    'lets Attributes %j through',
    (Attributes) => {
      expect(reason({ Attributes })).toBeUndefined();
    },
  );

  it('is not taken in by an inherited marker', () => {
    expect(reason({ Attributes: Object.create({ parley: {} }) })).toBeUndefined();
  });

  it('gives the reason of the first guard when several apply', () => {
    expect(reason({ Author: 'parley', Source: 'API', Attributes: { parley: {} }, Body: 'stop' })).toBe(
      'own_author',
    );
  });

  it('does not welcome the bot itself when it joins', () => {
    expect(suppressReason(participantAdded({ Identity: 'parley', Source: 'API' }), 'parley')).toBe(
      'own_author',
    );
  });

  it('lets the rules welcome others, though a program let them in', () => {
    expect(suppressReason(participantAdded({ Identity: 'ada', Source: 'API' }), 'parley')).toBeUndefined();
    expect(suppressReason(conversationAdded({ Source: 'API' }), 'parley')).toBeUndefined();
  });
});
