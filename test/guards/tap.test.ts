import { describe, expect, it } from 'vitest';
import { hashTitles, isTap } from '../../lib/guards/tap.ts';
import { messageAdded } from '../rules/support.ts';

describe('a tap', () => {
  it('is kept for twenty titles, more than any template has', () => {
    const titles = Array.from({ length: 21 }, (_, at) => `title ${at}`);
    expect(hashTitles(titles)).toEqual(hashTitles(titles.slice(0, 20)));
    expect(new Set(hashTitles(titles)).size).toBe(20);
  });

  it('is not a message without words, whatever was offered', () => {
    expect(isTap({ event: messageAdded({ Body: '' }), conversation: { offered: hashTitles(['']) } })).toBe(
      false,
    );
  });
});
