import { describe, expect, it } from 'vitest';
import { messageAdded, participantAdded } from '../../support.ts';
import { ask, holds, problemsOf } from './ask.ts';

const carrying = (...types: readonly string[]) =>
  messageAdded({ Media: types.map((ContentType) => ({ Sid: `ME${'a'.repeat(32)}`, ContentType })) });

describe('media', () => {
  it.each([
    ['true', ['image/png'], true],
    ['true', [], false],
    ['false', [], true],
    ['false', ['image/png'], false],
    ['image/*', ['audio/ogg', 'IMAGE/PNG; a=b'], true],
    ['image/*', ['imagery/png'], false],
    ['[audio/ogg, application/PDF]', ['application/pdf'], true],
    ['audio/ogg', ['audio/oggs'], false],
  ])('%s with %j: %s', (media, types, expected) => {
    expect(holds(`{ media: ${media} }`, carrying(...types))).toBe(expected);
  });

  it('says what the message carries, and no more than the rule asks', () => {
    expect(ask('{ media: true }', carrying('image/png'))?.why).toBe('media: the message carries media');
    expect(ask('{ media: true }', 'x')?.why).toBe('media: the message carries no media');
    expect(ask('{ media: false }', carrying('image/png'))?.why).toBe('media: the message carries media');
    expect(ask('{ media: [image/*, audio/ogg] }', carrying('a/b'))?.why).toBe(
      'media: the message carries no image/*, audio/ogg',
    );
  });

  it.each([
    [
      '{ media: photo }',
      '"photo" is not a media condition. Allowed: true, false, or a MIME type such as image/* or application/pdf.',
    ],
    [
      '{ media: [true, image/png] }',
      'true and false stand alone. Write one of them, or a list of MIME types.',
    ],
    [
      '{ event: onParticipantAdded, media: true }',
      '"media" asks about a message, and onParticipantAdded carries none. Give that event a rule of its own.',
    ],
  ])('refuses %s', (when, problem) => {
    expect(problemsOf(when)).toEqual([problem]);
  });

  it('is asked of no event that carries none', () => {
    expect(holds('{ media: false }', participantAdded())).toBe(false);
  });
});
