import { describe, expect, it } from 'vitest';
import { answer, problemsOf } from './answer.ts';

const saying = (then: string, body = 'hi', beside = {}) =>
  answer(then, body, beside).steps.map((step) => 'Body' in step && step.Body);
const TWO = { top: 'languages: [en, pt-BR]' };

describe('text', () => {
  it('says its words, with the values in their places', () => {
    expect(saying("{ text: 'Hi {{ author }}.' }")).toEqual(['Hi whatsapp:+15550100001.']);
    expect(saying(`{ text: '{{ text | default: "nothing" }}' }`, ' As I wrote it ')).toEqual([
      ' As I wrote it ',
    ]);
    expect(saying(`{ text: '{{ text | default: "nothing" }}' }`, '')).toEqual(['nothing']);
    expect(saying(`{ text: 'Write {{ "{{" }} name }}.' }`)).toEqual(['Write {{ name }}.']);
  });

  it('is in the language that holds, or the first', () => {
    const both = '{ text: { en: Hello., pt-BR: Olá. } }';
    expect(saying(both, 'x', { ...TWO, memory: { values: { language: 'pt-BR' } } })).toEqual(['Olá.']);
    expect(saying(both, 'x', { ...TWO, memory: { values: { language: 'pt' } } })).toEqual(['Olá.']);
    expect(saying(both, 'x', TWO)).toEqual(['Hello.']);
    expect(
      saying('{ text: { en: Hello. } }', 'x', { ...TWO, memory: { values: { language: 'pt-BR' } } }),
    ).toEqual(['Hello.']);
  });

  it('is sent in parts where it may be', () => {
    expect(saying(`{ text: '${'word '.repeat(400)}', split: true }`)).toHaveLength(2);
  });

  it.each([
    ['{ text: " " }', 'This text is blank. Write what to say, or "ignore: true".'],
    [`{ text: '{{ "" }}' }`, 'This text is blank. Write what to say, or "ignore: true".'],
    ['{ text: { en: a, fr: b } }', '"fr" is not among the file\'s languages. Allowed: en, pt-BR.'],
    [
      '{ text: { pt-BR: b } }',
      '"en" is missing here: it is the first of the file\'s languages, and stands in for the others.',
    ],
    ['{ text: { en: 5 } }', 'This must be text, not 5. Put it in quotes: "5"'],
    [
      '{ text: [a] }',
      'This must be text, not a list. Several messages are several actions: [{ text: … }, { text: … }]. A text that begins with [ needs quotes around it.',
    ],
    ['{ text: a, split: 1 }', '"split" is true or false, not 1.'],
    ["{ text: '{{ answer }}' }", 'There is no answer here: {{ answer }} goes with the condition "answer".'],
    ["{ text: '{{ text }}' }", '{{ text }} may be absent. Give it a default: {{ text | default: "…" }}'],
    [`{ text: '{{ remembered.x | default: "" }}' }`, 'Nothing remembers "x". The file remembers nothing.'],
    ["{ text: '{{ hours.shop.next }}' }", 'There are no hours "shop". The file has none.'],
  ])('may not be %s', (then, problem) => {
    expect(problemsOf(then, TWO)).toEqual([problem]);
  });
});
