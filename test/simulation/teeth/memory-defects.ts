import { type Defect, defect } from './defect.ts';

const CONVERSATION = 'lib/record/conversation.ts';
const QUESTION = 'lib/record/question.ts';
const NOTE = 'lib/reply/note-event.ts';
const NOTED = 'lib/record/noted-event.ts';
const MEMORY = 'lib/record/memory.ts';
const VALUES = 'lib/record/values.ts';
const GIVE_BACK = 'lib/reply/give-back.ts';
const HANDOVER = 'lib/guards/handover.ts';
const LAST = '!listed.some((other) => other.sid !== event.ParticipantSid && isPersonThere(other, clues))';
const REMEMBERING = 'test/reply/remembering.test.ts';

/** Mistakes with what is remembered between two messages. */
export const MEMORY_DEFECTS: readonly Defect[] = [
  defect(
    'a memory is changed again by what is delivered again',
    'seeds of memory',
    [
      CONVERSATION,
      'return hasNoted({ noted }, key) || ended <= oldest;',
      'return change === undefined && (hasNoted({ noted }, key) || ended <= oldest);',
    ],
    [
      CONVERSATION,
      'if (replies.some((reply) => reply.key === key)) return true;',
      'if (change === undefined && replies.some((reply) => reply.key === key)) return true;',
    ],
  ),
  defect('a memory is erased from the record before it is noted', 'seeds of memory', [
    'lib/record/message-record.ts',
    `change !== undefined && finished.outcome === 'replied' ? { change } : {}`,
    `change !== undefined && finished.outcome === 'stale' ? { change } : {}`,
  ]),
  defect(
    'a memory changes though its answer failed',
    'seeds of memory',
    [
      'lib/record/message-record.ts',
      `change !== undefined && finished.outcome === 'replied' ? { change } : {}`,
      'change !== undefined ? { change } : {}',
    ],
    [NOTED, 'record.change && isCarriedOut(record) && {', 'record.change && {'],
  ),
  defect('a memory takes what an older build left of a failed answer', 'test/record/noted-event.test.ts', [
    NOTED,
    'record.change && isCarriedOut(record) && {',
    'record.change && {',
  ]),
  defect('a memory forgets no value by its name', 'seeds of memory', [
    VALUES,
    'if (value === null) values.delete(name);',
    'if (value === null) continue;',
  ]),
  defect('a memory does not forget all', 'seeds of memory', [
    VALUES,
    'change.forgetsAll ? Math.max(forgotBefore, place) : forgotBefore',
    'forgotBefore',
  ]),
  defect('a memory of the language is not kept', 'seeds of memory', [
    MEMORY,
    'newer(live.language, event.change?.language)',
    'live.language',
  ]),
  defect('a memory of the language is read again each time', 'seeds of memory', [
    'lib/rules/match/tell-language.ts',
    'kept.of === of && at - kept.at < DAY',
    'kept.of === of && at - kept.at < 0',
  ]),
  defect('a memory of a handover is not put off by a person', 'seeds of memory', [
    MEMORY,
    'until: Math.max(handover.until, personAt + quietAfterPersonMs)',
    'until: handover.until',
  ]),
  defect('a memory of a handover outlives the conversation', 'seeds of leaving', [
    GIVE_BACK,
    `return event.StateTo === 'closed';`,
    `return event.StateTo === 'inactive';`,
  ]),
  defect('a memory of a handover outlives the last person', 'seeds of leaving', [
    GIVE_BACK,
    LAST,
    'listed.length === 0',
  ]),
  defect('a memory of a handover is ended by the first who leaves', 'seeds of leaving', [
    GIVE_BACK,
    LAST,
    'listed.length > 0',
  ]),
  defect('a memory of a handover is kept by whoever has just left', REMEMBERING, [
    GIVE_BACK,
    'other.sid !== event.ParticipantSid && ',
    '',
  ]),
  defect('a memory of a handover is kept by a list that lags', REMEMBERING, [
    GIVE_BACK,
    'if (!isLast && mayLag)',
    'if (mayLag && isLast)',
  ]),
  defect('a memory of a handover ends when it is heard of', 'seeds of leaving', [
    'lib/event/event-time.ts',
    'return event.DateRemoved ?? event.DateUpdated;',
    'return undefined;',
  ]),
  defect('a memory of who wrote outlives the way back', 'seeds of leaving', [
    HANDOVER,
    'if (personAt < givenBackAt && givenBackAt <= at) return false;',
    'if (personAt < givenBackAt && givenBackAt < 0) return false;',
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
  defect('a memory is given back by what stood in the Attributes already', 'seeds of memory', [
    'lib/record/said-off.ts',
    'return isOfReading(before, said) || isSame(before, said);',
    'return true;',
  ]),
  defect(
    'a memory is given back by what had stood in the Attributes for a month',
    'test/reply/said-off.test.ts',
    [
      GIVE_BACK,
      'return found && { ...saidOff(conversationAs(found), clock.now()), isRead: true };',
      'return undefined;',
    ],
  ),
  defect('noting waits for what stands in the Attributes', 'test/reply/said-unread.test.ts', [
    GIVE_BACK,
    'await read.conversation(address).catch(() => undefined);',
    'await read.conversation(address);',
  ]),
  defect('a webhook of `off` is compared with a later reading', 'test/reply/said-off.test.ts', [
    'lib/record/said-off.ts',
    'return isOfReading(before, said) || isSame(before, said);',
    'return isSame(before, said);',
  ]),
  defect('a change that was read is heard of more than once', 'test/reply/said-off.test.ts', [
    'lib/record/said-off.ts',
    'return said.at >= kept.at || isOfReading(kept, said) ? said : kept;',
    'return said.at >= kept.at ? said : kept;',
  ]),
  defect('a handover counts from the message, however late its answer', 'seeds of memory', [
    MEMORY,
    'until: Math.max(at, endedAt) + forMs,',
    'until: at + forMs,',
  ]),
  defect('a memory keeps the question after a stop word', 'seeds of memory', [
    QUESTION,
    'return at > index;',
    'return at < index;',
  ]),
  defect('a memory knows the latest stop word alone', 'test/record/memory.test.ts', [
    QUESTION,
    '(stopped.before?.[to] ?? -1)',
    '-1',
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
    'return isOneOf(handover.back, toWord(event.Body), handover);',
    'return handover.back.length < 0;',
  ]),
];
