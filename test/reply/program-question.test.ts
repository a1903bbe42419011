import { describe, expect, it } from 'vitest';
import { parseNames } from '../../lib/guards/names.ts';
import { programQuestion } from '../../lib/reply/program-question.ts';
import { messageAdded } from '../rules/support.ts';

const PROGRAMS = parseNames(['reminder']);
const asking = (waits: unknown) => messageAdded({ Author: 'reminder', Attributes: { parley: { waits } } });

describe('a program’s question', () => {
  it('is that of the rule which its message names', () => {
    expect(programQuestion(asking('visit'), PROGRAMS)).toBe('visit');
  });

  it.each([7, true, null, ['visit'], { rule: 'visit' }])('is none where it names %j', (waits) => {
    expect(programQuestion(asking(waits), PROGRAMS)).toBeUndefined();
  });

  // Its message may long be answered by then.
  it('is not asked again by a change of its message', () => {
    const changed = {
      ...asking('visit'),
      EventType: 'onMessageUpdated',
      DateUpdated: '2026-11-20T22:31:00.000Z',
    } as const;
    expect(programQuestion(changed, PROGRAMS)).toBeUndefined();
  });
});
