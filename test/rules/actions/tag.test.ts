import { describe, expect, it } from 'vitest';
import { bookOf } from '../support.ts';
import { Talk } from '../talk.ts';
import { answer, problemsOf } from './answer.ts';

describe('tag', () => {
  it('marks the customer’s message with values as they are written', () => {
    expect(answer("{ tag: { topic: refund, code: 007, who: '{{ author }}' } }")).toEqual({
      steps: [{ kind: 'tag', attributes: { topic: 'refund', code: '007', who: 'whatsapp:+15550100001' } }],
    });
  });

  // A rule without "when" may be gone on to from a welcome, which has no message to mark.
  it('does nothing where there is no message', () => {
    const book = bookOf(`version: 1
rules:
  - { id: joined, when: { event: onParticipantAdded }, then: { go_to: greet } }
  - { id: greet, then: [{ tag: { a: b } }, { text: Hi. }] }
`);
    expect(new Talk(book).joins().steps).toEqual([{ kind: 'text', Body: 'Hi.' }]);
    expect(new Talk(book).says('x').steps).toEqual([]);
  });

  it.each([
    ['{ tag: {} }', 'There is nothing to tag here. Write name: value.'],
    ['{ tag: refund }', '"tag" is a mapping (name: value), not "refund".'],
    ['{ tag: { parley: x } }', '"parley" is kept for the bot itself. Give the tag another name.'],
    [`{ tag: { a: ${'x'.repeat(4_100)} } }`, 'These tags are longer than 4096 bytes as JSON. Write less.'],
    [
      '{ tag: { a: { b: c } } }',
      "This must be text, not a mapping. If it is one text, put it in quotes: 'b: c'",
    ],
  ])('may not be %s', (then, problem) => {
    expect(problemsOf(then)).toEqual([problem]);
  });

  it('goes only with messages', () => {
    expect(
      problemsOf('{ tag: { a: b } }', { when: '{ event: [onMessageAdded, onParticipantAdded] }' }),
    ).toEqual([
      '"tag" marks the customer’s message, and this event has none. Give messages a rule of their own.',
    ]);
  });
});
