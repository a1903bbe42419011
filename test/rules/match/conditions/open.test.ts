import { describe, expect, it } from 'vitest';
import { messageAdded, participantAdded } from '../../support.ts';
import { ask, holds, problemsOf } from './ask.ts';

// 2026-11-20 is a Friday.
const TOP = `
timezone: Europe/Berlin
hours: { shop: { mon-fri: 09:00-18:00 }, desk: { fri: 17:00-19:00 }, never: { mon: 00:00-24:00 } }`;
const at = (time: string) => messageAdded({ DateCreated: `2026-11-20T${time}:00.000Z` });

describe('open', () => {
  // Berlin is an hour ahead.
  it.each([
    ['shop', '07:59', false],
    ['shop', '08:00', true],
    ['shop', '16:59', true],
    ['shop', '17:00', false],
    ['[shop, desk]', '12:00', true],
    ['[shop, desk]', '16:30', true],
    ['[shop, desk]', '20:00', false],
    ['never', '12:00', false],
  ])('%s at %s UTC: %s', (hours, time, expected) => {
    expect(holds(`{ open: ${hours} }`, at(time), { top: TOP })).toBe(expected);
    expect(holds(`{ unless: { open: ${hours} } }`, at(time), { top: TOP })).toBe(!expected);
  });

  it('is asked of those who join as well', () => {
    const joined = participantAdded({ DateCreated: '2026-11-20T12:00:00.000Z' });
    expect(holds('{ event: onParticipantAdded, open: shop }', joined, { top: TOP })).toBe(true);
  });

  it('says which hours', () => {
    const why = (time: string) => ask('{ open: [shop, desk] }', at(time), { top: TOP })?.why;
    expect(why('12:00')).toBe('open: shop is open');
    expect(why('16:30')).toBe('open: shop, desk are open');
    expect(why('20:00')).toBe('open: shop, desk are closed');
    expect(ask('{ open: shop }', at('20:00'), { top: TOP })?.why).toBe('open: shop is closed');
  });

  it('refuses hours that the file does not have', () => {
    expect(problemsOf('{ open: shp }', { top: TOP })).toEqual([
      'There are no hours "shp". Allowed: shop, desk, never. Did you mean "shop"?',
    ]);
    expect(problemsOf('{ open: shop }')).toEqual(['There are no hours "shop". The file has none.']);
  });
});
