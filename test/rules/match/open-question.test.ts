import { describe, expect, it } from 'vitest';
import { subjectKey } from '../../../lib/guards/subject-key.ts';
import { openQuestion, whyNotOpen } from '../../../lib/rules/match/open-question.ts';
import type { OpenQuestion } from '../../../lib/rules/memory.ts';
import { messageAdded, participantAdded } from '../support.ts';

const AT = Date.UTC(2026, 10, 20);
const BOOK = { rules: [{ id: 'size', waits: { ms: 60_000 } }, { id: 'told' }] };
const QUESTION: OpenQuestion = { rule: 'size', index: 4, at: AT, misses: 0 };
const answer = messageAdded({ Index: 5 });

type Asked = Parameters<typeof whyNotOpen>;
const ask = (over: Partial<OpenQuestion> = {}, event: Asked[1] = answer, at = AT): Asked => [
  BOOK,
  event,
  { question: { ...QUESTION, ...over } },
  at,
];

describe('a question', () => {
  it('is open to the next message, and to the one it was put to, until its time is over', () => {
    const to = subjectKey(answer) ?? '';
    for (const asked of [ask(), ask({ to }), ask({}, answer, AT + 60_000)]) {
      expect(whyNotOpen(...asked)).toBeUndefined();
      expect(openQuestion(...asked)).toBe(asked[2].question);
    }
  });

  it.each<readonly [why: string, asked: Asked]>([
    ['none', [BOOK, answer, {}, AT]],
    ['none', ask({}, participantAdded())],
    ['closed', ask({ rule: 'told' })],
    ['closed', ask({ rule: 'gone' })],
    ['earlier', ask({ index: 5 })],
    ['other customer', ask({ to: 'somebody else' })],
    ['time over', ask({}, answer, AT + 60_001)],
  ])('is not open: %s', (why, asked) => {
    expect(whyNotOpen(...asked)).toBe(why);
    expect(openQuestion(...asked)).toBeUndefined();
  });
});
