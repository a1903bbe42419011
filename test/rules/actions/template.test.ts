import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../lib/rules/actions/actions.ts';
import { isMessage } from '../../../lib/rules/actions/is-message.ts';
import { answer, problemsOf } from './answer.ts';

const HX = `HX${'a'.repeat(32)}`;
const TOP = { top: `templates: { t: { sid: ${HX}, variables: [name] } }` };

describe('template', () => {
  it('is sent with its variables, each on one line', () => {
    const [step] = answer("{ template: t, variables: { name: '{{ match.x }}' } }", 'a\nb', {
      ...TOP,
      when: "{ pattern: '^(?<x>[ab\\s]{1,5})$' }",
    }).steps;
    expect(step).toEqual({
      kind: 'template',
      template: 't',
      ContentSid: HX,
      ContentVariables: { name: 'a b' },
    });
    expect(step && isMessage(step) && contentOf(step)).toEqual({
      ContentSid: HX,
      ContentVariables: { name: 'a b' },
    });
  });

  it.each([
    ['{ template: tt, variables: { name: x } }', 'There is no template "tt". Allowed: t.'],
    ['{ template: t }', 'The template "t" also needs name. Twilio would fill the gap with the sample value.'],
    [
      '{ template: t, variables: { name: x, age: y } }',
      'The template "t" has no variable "age". Allowed: name.',
    ],
    ['{ template: t, variables: { name: " " } }', 'This value is blank, which WhatsApp refuses.'],
    ['{ template: t, variables: [x] }', 'Variables are a mapping (name: value), not a list.'],
    [
      '{ text: x, variables: { name: x } }',
      '"variables" go with a template. In a text, write {{ path }} where a value belongs.',
    ],
    [
      '{ text: x, template: t, variables: { name: x } }',
      'An action does one thing, and this one has text and template. Write a list of actions.',
    ],
  ])('may not be %s', (then, problem) => {
    expect(problemsOf(then, TOP)).toEqual([problem]);
  });
});
