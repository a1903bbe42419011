import { type Defect, defect } from './defect.ts';

const CONVERSATION = 'lib/record/conversation.ts';
const QUESTION = 'lib/record/question.ts';
const NOTE = 'lib/reply/note-event.ts';
const HANDOVER = 'lib/guards/handover.ts';

/** Mistakes with what is remembered between two messages. */
export const MEMORY_DEFECTS: readonly Defect[] = [
  defect(
    'a memory is changed again by what is delivered again',
    'seeds of memory',
    [
      CONVERSATION,
      'return noted.includes(shortKey(key)) || (notedAt.length === MAX_NOTED && ended <= oldest);',
      'return change === undefined && (noted.includes(shortKey(key)) || (notedAt.length === MAX_NOTED && ended <= oldest));',
    ],
    [
      CONVERSATION,
      'if (replies.some((reply) => reply.key === key)) return true;',
      'if (change === undefined && replies.some((reply) => reply.key === key)) return true;',
    ],
  ),
  defect('a memory is erased from the record before it is noted', 'test/reply/remembering.test.ts', [
    'lib/record/message-record.ts',
    `change !== undefined && finished.outcome === 'replied' ? { change } : {}`,
    `change !== undefined && finished.outcome === 'stale' ? { change } : {}`,
  ]),
  defect('a memory changes though its answer failed', 'test/reply/remembering.test.ts', [
    'lib/record/message-record.ts',
    `change !== undefined && finished.outcome === 'replied' ? { change } : {}`,
    'change !== undefined ? { change } : {}',
  ]),
  defect('a memory stays in the record of what was found in a gap', 'seeds of memory', [
    NOTE,
    '(claim.isPassing && record.change !== undefined)',
    '(claim.isPassing && record.change === null)',
  ]),
  defect('a memory keeps the question when a person writes', 'seeds of memory', [
    QUESTION,
    `who === 'person' ? index : -1`,
    `who === 'system' ? index : -1`,
  ]),
  defect('a memory keeps the question after a stop word', 'seeds of memory', [
    QUESTION,
    'stopped.index > index &&',
    'stopped.index < index &&',
  ]),
  defect('a memory counts no misses', 'seeds of memory', [
    QUESTION,
    'const misses = isMissed ? question.misses + 1 : 0;',
    'const misses = isMissed ? question.misses : 0;',
  ]),
  defect('a memory keeps a question whose rule is gone', 'seeds of memory', [
    QUESTION,
    'const isGone = latest !== undefined && !isWaiting(latest.rule);',
    'const isGone = latest !== undefined && isWaiting === undefined;',
  ]),
  defect('a memory does not hold what a program asks', 'seeds of memory', [
    NOTE,
    'asks: programQuestion(event, programs),',
    'asks: programQuestion(event, { identities: [], roleSids: programs.roleSids }),',
  ]),
  defect('a memory of a handover is not ended by the way back', 'seeds of memory', [
    HANDOVER,
    'return word !== undefined && handover.back.includes(word);',
    'return word === undefined && handover.back.includes(event.Body);',
  ]),
];
