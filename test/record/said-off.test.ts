import { describe, expect, it } from 'vitest';
import { isSaidAnew, laterSaid, saidOff } from '../../lib/record/said-off.ts';
import { conversationAdded } from '../rules/support.ts';

const off = { handover: 'off' };
const said = (Attributes: object, over: object = {}, at = 5) =>
  saidOff({ ...conversationAdded({ Attributes, ...over }), EventType: 'onConversationUpdated' }, at);

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
    });
    expect(said({ tier: 'gold' }).own).toBe('');
  });
});
