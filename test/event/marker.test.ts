import { describe, expect, it } from 'vitest';
import { EVENTS } from '../../events/make.ts';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import {
  hasMarker,
  isMarked,
  keyOf,
  markerAttributes,
  markerFor,
  readMarker,
  readTold,
} from '../../lib/event/marker.ts';
import { conversationAdded, messageAdded, participantAdded } from '../rules/support.ts';

const marker = { in_reply_to: `IM${'a'.repeat(32)}`, part: '2/3' };
const held = (value: unknown) => JSON.stringify({ parley: value, other: 1 });

describe('the marker of a reply', () => {
  it('names what it answers, and which part of how many it is', () => {
    expect(markerFor(messageAdded(), 1, 3)).toEqual(marker);
    expect(markerFor(messageAdded(), 1, 3, 'r1').part).toBe('2/3@r1');
    expect(markerFor(participantAdded(), 0, 1)).toEqual({ in_reply_to: `MB${'b'.repeat(32)}`, part: '1/1' });
    expect(markerFor(conversationAdded(), 0, 1)).toEqual({ in_reply_to: `CH${'a'.repeat(32)}`, part: '1/1' });
    const user = EVENTS['onUserAdded'] as ConversationEvent;
    expect(markerFor(user, 0, 1)).toEqual({ in_reply_to: 'onUserAdded', part: '1/1' });
  });

  it('stands under its own key with a version, and is found again', () => {
    expect(markerAttributes(marker)).toStrictEqual({ parley: { v: 1, ...marker } });
    expect(hasMarker(JSON.stringify(markerAttributes(marker)), marker)).toBe(true);
    expect(readMarker(held({ ...marker, later: 1 }))).toStrictEqual(marker);
  });

  it('names the event where the message that it answers does not say which one that was', () => {
    const event = `onParticipantAdded|MB${'b'.repeat(32)}`;
    const welcome = markerAttributes(marker, event);
    expect(welcome).toEqual({ parley: { v: 1, ...marker, event } });
    expect(readMarker(JSON.stringify(welcome))).toEqual({ ...marker, event });
    expect(readMarker(held({ ...marker, event: 7 }))).toStrictEqual(marker);
    expect([keyOf({ ...marker, event }), keyOf(marker)]).toEqual([
      event,
      `onMessageAdded|${marker.in_reply_to}`,
    ]);
  });

  it('is not that of another message or another part', () => {
    const others = [
      { ...marker, in_reply_to: `IM${'b'.repeat(32)}` },
      { ...marker, part: '1/3' },
    ];
    for (const other of others) {
      expect(readMarker(held(other))).toEqual(other);
      expect(hasMarker(held(other), marker)).toBe(false);
    }
  });

  it.each([
    ['no part', { in_reply_to: marker.in_reply_to }],
    ['a part that is a number', { ...marker, part: 2 }],
    ['no message', { part: marker.part }],
    ['a message that is none', { ...marker, in_reply_to: null }],
    ['a text', 'IM'],
    ['null', null],
    ['a list', [marker]],
  ])('is not %s', (_, value) => {
    expect(readMarker(held(value))).toBeUndefined();
    expect(hasMarker(held(value), marker)).toBe(false);
  });

  it.each([[null], ['null'], ['7'], ['"parley"'], ['[]'], ['{}'], ['{'], ['']])(
    'is not in %j',
    (attributes) => {
      expect(readMarker(attributes)).toBeUndefined();
      expect(hasMarker(attributes, marker)).toBe(false);
    },
  );

  it('counts as a guard whatever it holds, but only under its own key', () => {
    for (const value of [marker, {}, null, true]) expect(isMarked({ parley: value })).toBe(true);
    const none = [{}, { Parley: 1 }, { other: { parley: 1 } }, ['parley'], 'parley', null, undefined];
    for (const attributes of none) expect(isMarked(attributes)).toBe(false);
    expect(isMarked(Object.create({ parley: {} }))).toBe(false);
  });
});

describe('what tools tell parley in Attributes', () => {
  it('stands under its key, and is nothing where that holds nothing', () => {
    expect(readTold({ parley: { handover: 'off', waits: 'ask' } })).toEqual({
      handover: 'off',
      waits: 'ask',
    });
    for (const attributes of [{}, { handover: 'off' }, { parley: null }, null, undefined, 'parley'])
      expect(readTold(attributes)).toEqual({});
  });
});
