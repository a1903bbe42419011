import { describe, expect, it } from 'vitest';
import { answer, problemsOf } from './answer.ts';

const ME = `ME${'a'.repeat(32)}`;

describe('media', () => {
  it('is sent alone, or with a text in the language that holds', () => {
    expect(answer(`{ media: ${ME} }`).steps).toEqual([{ kind: 'media', MediaSid: ME }]);
    const beside = { top: 'languages: [en, de]', memory: { values: { language: 'de' } } };
    expect(answer(`{ media: ${ME}, text: { en: Look., de: Schau. } }`, 'x', beside).steps).toEqual([
      { kind: 'media', MediaSid: ME, Body: 'Schau.' },
    ]);
  });

  it.each([
    [
      '{ media: ME12 }',
      'A media SID is ME followed by 32 hexadecimal digits, as an upload returns it, not "ME12".',
    ],
    [`{ media: ${ME}, text: '' }`, 'This text is blank. Write what to say, or "ignore: true".'],
    [`{ media: ${ME}, text: { de: x } }`, '"de" is not among the file\'s languages. Allowed: en.'],
    [
      `{ media: ${ME}, text: x, split: true }`,
      '"split" goes with a text alone: other messages cannot be sent in parts.',
    ],
  ])('may not be %s', (then, problem) => {
    expect(problemsOf(then)).toContain(problem);
  });
});
