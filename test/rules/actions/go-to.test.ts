import { describe, expect, it } from 'vitest';
import { problemsOf } from './answer.ts';

describe('go_to', () => {
  it.each([
    ['{ go_to: nowhere }', ['There is no rule "nowhere". Allowed: rule.']],
    ['{ go_to: rul }', ['There is no rule "rul". Allowed: rule. Did you mean "rule"?']],
    ['{ go_to: rule }', ['This goes round in a circle: rule → rule. Let one of them end.']],
    ['{ go_to: [rule] }', ['"go_to" names one rule, not a list. That rule may go on to the next.']],
  ])('may not be %s', (then, problems) => {
    expect(problemsOf(then)).toEqual(problems);
  });

  it('comes last', () => {
    expect(problemsOf('[{ go_to: rule }, { text: x }]')).toContain(
      '"go_to" comes last, and once: what follows would never be said.',
    );
  });
});
