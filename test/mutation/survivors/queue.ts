import type { Survivor } from './survivor.ts';

export const QUEUE: readonly Survivor[] = [
  {
    file: 'lib/queue/envelope.ts',
    line: "return read.kind === 'event' ? { ...read, doubtful: true } : read;",
    change: "read.kind === 'event' → true",
    reason: 'Nobody asks whether what is not an event is doubtful; the check is for the compiler.',
  },
  {
    file: 'lib/queue/process-batch.ts',
    line: 'if (queue === undefined || groupId === undefined) return false;',
    change: 'queue === undefined → false',
    reason: 'To send without a queue fails, too, and what fails is caught; the check is for the compiler.',
  },
  {
    file: 'lib/queue/envelope.ts',
    line: '...(answerUntil === undefined ? {} : { answerUntil }),',
    change: 'answerUntil === undefined → false',
    reason: 'What is undefined is not in the JSON; the check is for the compiler.',
  },
  {
    file: 'lib/queue/envelope.ts',
    line: '...(replay === undefined ? {} : { replay }),',
    change: 'replay === undefined → false',
    reason: 'What is undefined is not in the JSON; the check is for the compiler.',
  },
];
