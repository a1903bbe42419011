import { describe, expect, it } from 'vitest';
import { drawMessage } from '../../../local/draw-message.ts';

const media = [{ content_type: 'image/jpeg' }];

describe('a message as lines', () => {
  it.each([null, undefined, ''])('has none for the text of a file that came without one: %j', (body) => {
    expect(drawMessage({ body, media }, undefined)).toEqual(['[image/jpeg]']);
  });

  it('has each line of its text, the empty ones in between too', () => {
    expect(drawMessage({ body: 'a\n\nb', media }, undefined)).toEqual(['[image/jpeg]', 'a', '', 'b']);
  });
});
