import { describe, expect, it } from 'vitest';
import { playTalk } from '../../talks/play/play-talk.ts';
import { readTalks } from '../../talks/read/read-talks.ts';
import { stateCalls } from '../../talks/write/state-calls.ts';
import { bookOf } from '../rules/support.ts';

const BOOK = bookOf(`version: 1
templates: { order: { sid: HXa0000000000000000000000000000002, variables: [number] } }
rules:
  - id: order
    when: { pattern: '^order (?<n>\\d{1,5})$' }
    then: { call: look, with: { n: '{{ match.n }}' }, remembers: [day], else: { text: Not now. } }
  - { id: day, when: { keyword: day }, then: { text: '{{ remembered.day | default: "?" }}' } }
`);

const read = (steps: string) => readTalks({ file: 'a.yaml', text: `- talk: a\n  steps:\n${steps}` }, BOOK);

/** What is wrong with a talk, be it when it is read or when it is played. */
async function faultOf(...steps: readonly string[]): Promise<string | undefined> {
  const { talks, problems } = read(steps.map((step) => `    - ${step}\n`).join(''));
  const [talk] = talks;
  if (talk === undefined) return problems.map(({ message }) => message).join(' ');
  return (await playTalk(talk, BOOK)).failure?.message;
}

describe('the step call', () => {
  it('says what a handler returns, until another one says otherwise', async () => {
    expect(
      await faultOf(
        'call: { look: [{ remember: { day: Monday } }, { text: It comes. }] }',
        'says: order 1',
        'bot: It comes.',
        'remembered: { day: Monday }',
        'says: order 2',
        'bot: It comes.',
        'call: { look: { template: order, variables: { number: 3 } } }',
        'says: order 3',
        'bot: { template: order, variables: { number: 3 } }',
        'call: { look: fails }',
        'says: order 4',
        'bot: Not now.',
        'call: { look: [{ text: Dana writes. }, { handover: { for: 2h, back: bot } }] }',
        'says: order 5',
        'bot: [Dana writes., { handover: { for: 2h, back: bot } }]',
        'handed over: true',
      ),
    ).toBeUndefined();
  });

  it('is missed where a rule calls, with what to write', async () => {
    expect(await faultOf('says: order 1', 'bot: Not now.')).toBe(
      'The bot calls "look" here, and the talk does not say what that returns. Write above: - call: { look: { text: … } } or - call: { look: fails }',
    );
  });

  it.each([
    ['call: { lok: fails }', 'There is no handler that a rule calls "lok". Did you mean "look"?'],
    ['call: { look: late }', 'What a call returns is "fails", or it must be a mapping'],
    ['call: { look: { text: a, tag: { b: c } } }', 'A call returns one thing here, not "text" and "tag".'],
    ['call: { look: {} }', 'A call returns one thing here, not nothing.'],
    ['call: { look: { template: nope } }', 'There is no template "nope".'],
    ['call: look', 'Say which handler returns what'],
  ])('may not be %s', async (step, fault) => {
    expect(await faultOf(step, 'says: order 1', 'bot: x')).toContain(fault);
  });

  it('cannot state what could not be done', async () => {
    expect(await faultOf('call: { look: { remember: { other: x } } }', 'says: order 1', 'bot: x')).toBe(
      '"look" cannot return this. This cannot be done: it remembers, or forgets, other names than the call "remembers": day.',
    );
  });
});

describe('a turn copied as a talk', () => {
  const call = { kind: 'call', handler: 'look', values: {}, remembers: [], else: [] } as const;
  const decisionWith = (...actions: readonly object[]) => ({
    outcome: 'reply' as const,
    rule: 'order',
    shares: [{ rule: 'order', match: {}, actions: actions as never }],
    once: [],
    language: 'en',
    considered: [],
  });
  const turn = (...created: readonly Record<string, string>[]) => ({
    decision: decisionWith(call),
    finished: { outcome: 'replied' },
    created: created.map((one) => new Map(Object.entries(one))),
    templates: { HX1: 'order' },
  });
  const note = (ended: string) => ({ handler: 'look', ended, ms: 1 });

  it('says what its handler returned', () => {
    expect(stateCalls(turn({ Body: 'It comes.' }), [note('returned')])).toEqual([
      ['call', { look: { text: 'It comes.' } }],
    ]);
    expect(
      stateCalls(turn({ Body: 'a' }, { ContentSid: 'HX1', ContentVariables: '{"number":"1"}' }), [
        note('returned'),
      ]),
    ).toEqual([['call', { look: [{ text: 'a' }, { template: 'order', variables: { number: '1' } }] }]]);
    expect(stateCalls(turn({ Body: 'Not now.' }), [note('late')])).toEqual([['call', { look: 'fails' }]]);
  });

  it('says nothing of it where it cannot be told', () => {
    expect(stateCalls(turn({ Body: 'a' }), [])).toEqual([]);
    expect(stateCalls(turn({ Body: 'a' }), [note('returned'), note('late')])).toEqual([]);
    const more = {
      ...turn({ Body: 'a' }),
      decision: decisionWith(call, { kind: 'text', Body: ['a'], split: false }),
    };
    expect(stateCalls(more, [note('returned')])).toEqual([]);
  });
});
