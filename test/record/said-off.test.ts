import { describe, expect, it } from 'vitest';
import {
  isSaidAnew,
  laterSaid,
  type SaidOff,
  saidOff,
  withoutNames,
  withState,
} from '../../lib/record/said-off.ts';
import { conversationAdded } from '../rules/support.ts';

const off = { handover: 'off' };
const said = (Attributes: object, over: object = {}, at = 5) =>
  saidOff(conversationAdded({ Attributes, ...over }), at);

describe('a conversation that says it is given back', () => {
  it('says so anew where nobody had heard it, or it did not say so before', () => {
    expect(isSaidAnew(undefined, said({ parley: off }))).toBe(true);
    expect(isSaidAnew(said({ tier: 'gold' }), said({ tier: 'gold', parley: off }))).toBe(true);
    expect(isSaidAnew(said({ parley: { handover: 'on' } }), said({ parley: off }))).toBe(true);
  });

  it.each([
    ['a name', { parley: off }, { FriendlyName: 'VIP' }],
    ['a unique name', { parley: off }, { UniqueName: 'vip' }],
    ['a messaging service', { parley: off }, { MessagingServiceSid: 'MG1' }],
    ['a state', { parley: off }, { State: 'inactive' }],
    ['what another tool keeps in its Attributes', { parley: off, tier: 'gold' }, {}],
  ])('does not where %s is changed and it stood there already', (_, attributes, over) => {
    expect(isSaidAnew(said({ parley: off }), said(attributes, over))).toBe(false);
  });

  it('says so again where it is written again, or in other words', () => {
    const before = said({ tier: 'gold', parley: off });
    expect(isSaidAnew(before, said({ tier: 'gold', parley: off }, {}, 9))).toBe(true);
    expect(isSaidAnew(before, said({ tier: 'silver', parley: { ...off, at: 'noon' } }))).toBe(true);
  });

  it.each([{}, { parley: {} }, { parley: { handover: 'on' } }, { parley: 'off' }])(
    'does not by %j',
    (attributes) => {
      expect(isSaidAnew(undefined, said(attributes))).toBe(false);
      expect(isSaidAnew(said(attributes), said(attributes))).toBe(false);
    },
  );

  // Cause: its state is told by webhooks of their own, and counted as something else that had been changed.
  it('says so again, whatever its state has become since of which a webhook told', () => {
    const before = said({ parley: off }, { State: 'inactive' });
    const now = said({ parley: off }, { State: 'active' }, 9);
    expect(isSaidAnew(before, now)).toBe(false);
    expect(isSaidAnew(withState(before, 'active', 7) as SaidOff, now)).toBe(true);
    expect(withState(before, 'active', 5)).toEqual({ ...before, state: 'active' });
    expect(withState(before, 'active', 4)).toEqual(before);
    expect(withState(undefined, 'active', 4)).toBeUndefined();
  });

  it('has a state only where Twilio names one', () => {
    expect(said({ parley: off }, { State: 'active' }).state).toBe('active');
    expect(said({ parley: off })).not.toHaveProperty('state');
  });

  it('is compared as the version before kept it, where that wrote', () => {
    const { rest: _, state: __, ...before } = said({ parley: off }, { State: 'active' });
    expect(isSaidAnew(before, said({ parley: off }, { State: 'active' }))).toBe(true);
    expect(isSaidAnew(before, said({ parley: off }, { State: 'inactive' }))).toBe(false);
  });

  it('does not where it stood there before a person was forgotten, of whose names nothing is kept', () => {
    const kept = withoutNames(said({ parley: off }, { FriendlyName: 'Ana', State: 'active' }));
    expect(kept).toEqual({ at: 5, own: said({ parley: off }).own, all: '' });
    expect(isSaidAnew(kept, said({ parley: off }))).toBe(false);
    expect(isSaidAnew(kept, said({ parley: { ...off, at: 'noon' } }))).toBe(true);
  });

  // Cause: what was read is newer than the webhook of what it shows, and differed from it in what was changed since.
  it('says so anew once, where that was read before it was heard', () => {
    const read = { ...said({ parley: off }, { FriendlyName: 'VIP' }, 9), isRead: true } as const;
    const [heard, rename] = [said({ parley: off }, {}, 7), said({ parley: off }, { FriendlyName: 'VIP' }, 8)];
    expect(isSaidAnew(read, heard)).toBe(true);
    expect(laterSaid(read, heard)).toEqual(heard);
    expect(isSaidAnew(heard, rename)).toBe(false);
    expect(isSaidAnew(read, { ...heard, at: 9 })).toBe(true);
    expect(isSaidAnew(read, { ...heard, at: 10 })).toBe(false);
    expect(laterSaid(read, said({}, {}, 7))).toEqual(read);
  });

  it('is remembered as it was last, in whatever order that is heard', () => {
    const [first, second] = [said({}, {}, 5), said({ parley: off }, {}, 6)];
    expect([laterSaid(first, second), laterSaid(second, first)]).toEqual([second, second]);
    expect([laterSaid(undefined, first), laterSaid(first, undefined)]).toEqual([first, first]);
    expect(laterSaid(undefined, undefined)).toBeUndefined();
    expect(laterSaid(first, { ...second, at: 5 })?.own).toBe(second.own);
  });

  it('is kept as hashes alone', () => {
    expect(said({ parley: off, tier: 'gold' })).toEqual({
      at: 5,
      own: expect.stringMatching(/^[0-9a-f]{8}$/),
      all: expect.stringMatching(/^[0-9a-f]{8}$/),
      rest: expect.stringMatching(/^[0-9a-f]{8}$/),
    });
    expect(said({ tier: 'gold' }).own).toBe('');
  });
});
