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
  {
    file: 'lib/queue/sweep-spool.ts',
    line: 'after = page.at(-1)?.[0].sk;',
    change: 'page.at(-1)?.[0] → page.at(-1)[0]',
    reason: 'A page that is full has a last event; the check is for the compiler.',
  },
  {
    file: 'lib/queue/sweep-spool.ts',
    line: 'const [, conversationSid] = /(CH\\w+)\\|/.exec(sk) ?? [];',
    change: '[] → ["Stryker was here"]',
    reason: 'Only the second of the list is read, and neither list has one.',
  },
  {
    file: 'lib/queue/sweep-spool.ts',
    line: 'const [, messageSid] = /.*\\|(IM\\w+)(?:\\||$)/.exec(sk) ?? [];',
    change: '[] → ["Stryker was here"]',
    reason: 'Only the second of the list is read, and neither list has one.',
  },
  {
    file: 'lib/queue/sweep-spool.ts',
    line: 'return spooled === undefined ? 0 : spooled[1].version - 1;',
    change: 'spooled === undefined → false',
    reason: 'No conversation in the spool is without an event; the check is for the compiler.',
  },
];
