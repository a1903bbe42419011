import { describe, expect, it } from 'vitest';
import { messageAdded, participantAdded } from '../../support.ts';
import { ask, holds, problemsOf } from './ask.ts';

// 2026-11-20 is a Friday.
const TOP = `
timezone: Europe/Berlin
hours: { shop: { mon-fri: 09:00-18:00 }, desk: { fri: 17:00-19:00 }, never: { mon: 00:00-24:00 } }`;
const at = (time: string) => messageAdded({ DateCreated: `2026-11-20T${time}:00.000Z` });

describe('closed', () => {
  // Berlin is an hour ahead.
  it.each([
    ['shop', '07:59', true],
    ['shop', '08:00', false],
    ['shop', '16:59', false],
    ['shop', '17:00', true],
    ['[shop, desk]', '12:00', true],
    ['[shop, desk]', '16:30', false],
    ['[shop, desk]', '20:00', true],
    ['never', '12:00', true],
  ])('%s at %s UTC: %s', (hours, time, expected) => {
    expect(holds(`{ closed: ${hours} }`, at(time), { top: TOP })).toBe(expected);
    expect(holds(`{ unless: { closed: ${hours} } }`, at(time), { top: TOP })).toBe(!expected);
  });

  it('is asked of those who join as well', () => {
    const joined = participantAdded({ DateCreated: '2026-11-20T20:00:00.000Z' });
    expect(holds('{ event: onParticipantAdded, closed: shop }', joined, { top: TOP })).toBe(true);
  });

  it('says which hours', () => {
    const why = (time: string) => ask('{ closed: [shop, desk] }', at(time), { top: TOP })?.why;
    expect(why('12:00')).toBe('closed: desk is closed');
    expect(why('16:30')).toBe('closed: shop, desk are open');
    expect(why('20:00')).toBe('closed: shop, desk are closed');
    expect(ask('{ closed: shop }', at('12:00'), { top: TOP })?.why).toBe('closed: shop is open');
  });

  it('refuses hours that the file does not have', () => {
    expect(problemsOf('{ closed: shp }', { top: TOP })).toEqual([
      'There are no hours "shp". Allowed: shop, desk, never. Did you mean "shop"?',
    ]);
    expect(problemsOf('{ closed: shop }')).toEqual(['There are no hours "shop". The file has none.']);
  });
});
