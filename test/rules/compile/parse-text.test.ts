import { describe, expect, it } from 'vitest';
import { parseText } from '../../../lib/rules/compile/parse-text.ts';

const NOT_UNDERSTOOD = 'is not understood. Write {{ path }} or {{ path | default: "text" }}.';
const NOT_CLOSED = 'A "{{" is not closed. Write {{ path }} or {{ path | default: "text" }}.';

describe('parseText', () => {
  it.each([
    ['no slot', 'Hello {you}', ['Hello {you}']],
    ['a slot', 'Hello {{ match.name }}!', ['Hello ', { path: 'match.name' }, '!']],
    ['a slot without space', '{{now}}', [{ path: 'now' }]],
    ['a default', '{{ a.b | default: "you" }}', [{ path: 'a.b', default: 'you' }]],
    ['a default in single quotes', '{{ a | default:\'a "b"\' }}', [{ path: 'a', default: 'a "b"' }]],
    ['an empty default', '{{ a | default: "" }}', [{ path: 'a', default: '' }]],
    ['braces in a default', '{{ a | default: "{x}" }}', [{ path: 'a', default: '{x}' }]],
    ['a closed slot in a default', '{{ a | default: "}}" }}.', [{ path: 'a', default: '}}' }, '.']],
    ['the braces themselves', 'Write {{ "{{" }} name }}', ['Write {{ name }}']],
    ['both braces', '{{ "{{" }} x {{ "}}" }}', ['{{ x }}']],
    ['the braces in single quotes', "{{'{{'}}", ['{{']],
    ['any words in quotes', 'a{{ " b " }}c', ['a b c']],
    ['nothing in quotes', 'a{{ "" }}', ['a']],
    ['slots beside quoted braces', '{{ "{{" }}{{ now }}', ['{{', { path: 'now' }]],
    ['closing braces alone', 'a }} b', ['a }} b']],
  ])('reads %s', (_, source, text) => {
    expect(parseText(source)).toEqual({ text, faults: [] });
  });

  it.each([
    ['a slot that is not closed', 'Hello {{ name', NOT_CLOSED],
    ['one within another', '{{ a {{ b }} }}', NOT_CLOSED],
    ['quotes that are not closed', '{{ "{{', NOT_CLOSED, NOT_CLOSED],
    ['no path', '{{ }}', `{{ }} ${NOT_UNDERSTOOD}`],
    ['two words', '{{ first name }}', `{{ first name }} ${NOT_UNDERSTOOD}`],
    ['another filter', '{{ a | upper }}', `{{ a | upper }} ${NOT_UNDERSTOOD}`],
    ['an apostrophe', "{{ it's }}", `{{ it's }} ${NOT_UNDERSTOOD}`],
  ])('says what is wrong with %s', (_, source, ...faults) => {
    expect(parseText(source).faults).toEqual(faults);
  });
});
