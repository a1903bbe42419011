import { type Defect, defect } from './defect.ts';

const CONVERSATION = 'lib/record/conversation.ts';
const BUDGET = 'lib/guards/budget.ts';
const WHO = 'lib/guards/who.ts';
const CERTAIN = 'lib/history/certain-event.ts';
const EVENT = 'lib/history/message-event.ts';
const RECORD = 'lib/record/message-record.ts';
const NOTED = 'lib/record/noted-event.ts';

/** Mistakes with what is kept, for how long, and what is read back: cursors, windows of time, caches. */
export const STATE_DEFECTS: readonly Defect[] = [
  // Cursors: how far a conversation is accounted for.
  defect('the cursor of a conversation skips one message', 'seeds', [
    CONVERSATION,
    'return index > state.accounted + 1;',
    'return index > state.accounted + 2;',
  ]),
  defect('the cursor of a conversation runs ahead of what was noted', 'seeds', [
    CONVERSATION,
    'let accounted = isGapOpen ? state.accounted : Math.max(state.accounted, index);',
    'let accounted = isGapOpen ? state.accounted : Math.max(state.accounted, index + 1);',
  ]),
  defect('the cursor of a conversation goes back', 'test/record/conversation.test.ts', [
    CONVERSATION,
    'let accounted = isGapOpen ? state.accounted : Math.max(state.accounted, index);',
    'let accounted = index < 0 ? state.accounted : index;',
  ]),
  defect('what stands in a gap that could not be read counts as seen', 'test/reply/everything-ends.test.ts', [
    CONVERSATION,
    'let accounted = isGapOpen ? state.accounted : Math.max(state.accounted, index);',
    'let accounted = Math.max(state.accounted, index);',
  ]),
  defect('only the first page of a list is read', 'seeds of long', [
    'lib/twilio/next-page.ts',
    'if (!url) return undefined;',
    'if (url !== undefined) return undefined;',
  ]),
  defect('parts are sent from the last to the first', 'seeds', [
    RECORD,
    'return record.parts.findIndex((',
    'return record.parts.findLastIndex((',
  ]),
  // Windows of time.
  defect('a late reply counts when its message was written', 'test/record/conversation.test.ts', [
    'lib/record/conversation.ts',
    'countReply(state.spoken ?? spokenBefore(state), now, tap)',
    'countReply(state.spoken ?? spokenBefore(state), at, tap)',
  ]),
  defect('a reply counts for the budget of a minute for ten seconds', 'seeds of budgets', [
    BUDGET,
    'minute: { lengthMs: MINUTE, stretchMs: SECOND }',
    'minute: { lengthMs: MINUTE / 6, stretchMs: SECOND }',
  ]),
  defect('a reply counts for the budget of an hour for a minute', 'seeds of budgets', [
    BUDGET,
    'hour: { lengthMs: HOUR, stretchMs: 2 * MINUTE }',
    'hour: { lengthMs: HOUR / 60, stretchMs: 2 * MINUTE }',
  ]),
  defect('a reply counts twice for the budget of a minute', 'seeds of budgets', [
    BUDGET,
    '[...live.slice(0, -1), [stretch, (replies ?? 0) + 1] as const]\n      : [...live, [stretch, 1] as const];',
    '[...live.slice(0, -1), [stretch, (replies ?? 0) + 2] as const]\n      : [...live, [stretch, 2] as const];',
  ]),
  defect('an event that is delivered twice is noted twice', 'seeds of budgets', [
    CONVERSATION,
    'if (replies.some((reply) => reply.key === key)) return true;\n',
    'if (replies.some((reply) => reply.key === key)) return false;\n  if (index !== undefined) return false;\n',
  ]),
  defect('an answered message is not counted when it is noted late', 'seeds of budgets', [
    NOTED,
    'replied: replyIndexes.length > 0,',
    `replied: replyIndexes.length > 0 && record.finished?.outcome !== 'replied',`,
  ]),
  defect('a person keeps the bot quiet for half the time', 'seeds', [
    'lib/guards/handover.ts',
    'at - personAt < quietAfterPersonMs',
    'at - personAt < quietAfterPersonMs / 2',
  ]),
  defect('a person keeps the bot quiet for ever', 'seeds', [
    'lib/guards/handover.ts',
    'at - personAt < quietAfterPersonMs',
    'at - personAt < quietAfterPersonMs * 100',
  ]),
  defect('the first of a person’s messages counts, not the latest', 'seeds', [
    CONVERSATION,
    'Math.max(state.personAt ?? 0, at)',
    '(state.personAt ?? at)',
  ]),
  defect('a message is too old after a tenth of its age', 'seeds of budgets', [
    'lib/guards/too-old.ts',
    'now - at > maxAgeMs',
    'now - at > maxAgeMs / 10',
  ]),
  defect('Retry-After is read in milliseconds', 'seeds', [
    'lib/twilio/retry-after.ts',
    'return Number(value) * 1000;',
    'return Number(value);',
  ]),
  defect('the circuit stays open after a success', 'test/reply/circuit.test.ts', [
    'lib/reply/circuit.ts',
    '      failures = 0;\n      closedAgainAt = 0;',
    '      closedAgainAt = 0;',
  ]),
  // Caches, and a table that may be read as it was a moment ago.
  defect('an item is read as it may have been a moment ago', 'seeds of eventual-table', [
    'lib/aws/store.ts',
    'Key: attributes(key), ConsistentRead: true',
    'Key: attributes(key)',
  ]),
  defect('a partition is read as it may have been a moment ago', 'seeds of eventual-table', [
    'lib/aws/store.ts',
    '      ConsistentRead: true,\n',
    '',
  ]),
  defect('a role that was read of one participant is taken for everybody’s', 'seeds of doubtful', [
    CONVERSATION,
    'role.participantSid === participantSid && now - role.at < DAY',
    'role.participantSid !== undefined && now - role.at < DAY',
  ]),
  defect('a role that was read once is kept for ever', 'test/record/conversation.test.ts', [
    CONVERSATION,
    'role.participantSid === participantSid && now - role.at < DAY',
    'role.participantSid === participantSid && now - role.at < DAY * 1_000',
  ]),
  // What is read back.
  defect('what is read back has no participant', 'seeds of programs', [
    EVENT,
    `...(isSid('MB', message.participant_sid ?? '') ? { ParticipantSid: \`\${message.participant_sid}\` } : {}),`,
    '',
  ]),
  defect('what is read back has no files', 'seeds of programs', [
    EVENT,
    `.filter(({ sid }) => isSid('ME', sid))`,
    `.filter(({ sid }) => isSid('ME', sid) && sid === '')`,
  ]),
  defect('what is read back is as new as when it is read', 'seeds of budgets', [
    EVENT,
    'DateCreated: eventDate(message.date_created),',
    `DateCreated: eventDate('9000-01-01T00:00:00Z'),`,
  ]),
  defect('a doubtful event does not say how it was written', 'seeds of programs', [
    CERTAIN,
    'return Source !== undefined && isKnownSource(Source) ? { Source } : {};',
    'return Source === undefined && isKnownSource(Source) ? { Source } : {};',
  ]),
  defect('a doubtful message keeps its own Attributes', 'test/history/certain-event.test.ts', [
    'lib/history/certain-event.ts',
    'return { ...certain, DateCreated',
    'return { ...certain, Attributes: event.Attributes, DateCreated',
  ]),
  defect('a doubtful event is taken at its word', 'test/history/certain-event.test.ts', [
    CERTAIN,
    'return { ...certain, DateCreated',
    'return { ...event, DateCreated',
  ]),
  defect('a doubtful event is taken at its word once it has a record', 'test/reply/doubtful.test.ts', [
    'lib/reply/answer.ts',
    'ascertain === undefined || isNoted ?',
    'ascertain === undefined || begun !== undefined ?',
  ]),
  defect('half an answer waits for words that Twilio fails to show', 'test/reply/doubtful.test.ts', [
    'lib/reply/answer.ts',
    'if (!goesOn) throw error;',
    'throw error;',
  ]),
  defect('half an answer is noted by words that nobody has read', 'test/reply/doubtful.test.ts', [
    'lib/reply/answer.ts',
    'if (unread !== undefined) throw unread;',
    '',
  ]),
  defect('whoever joined is read back without their role', 'test/history/certain-event.test.ts', [
    CERTAIN,
    '    ...(role ? { RoleSid: role } : {}),\n',
    '',
  ]),
  defect('programs with a telephone number as author are answered', 'seeds of programs', [
    WHO,
    `if (byChannel === true) return showsChannel(event) ? 'customer' : 'program';`,
    `if (byChannel === true) return 'customer';`,
  ]),
  defect(
    'a number without a participant makes persons of those who chat',
    'test/reply/number-without-participant.test.ts',
    [NOTED, 'byChannel: showsChannel(event),', 'byChannel: cameByChannel(event) === true,'],
    [NOTED, 'import { showsChannel }', 'import { cameByChannel }'],
  ),
  defect('take whoever Twilio does not show for a customer', 'seeds of doubtful', [
    WHO,
    'return found === undefined ? byChannel : hasRole',
    'return found === undefined ? false : hasRole',
  ]),
  defect('whoever joins a customer’s chat is welcomed', 'test/reply/joins.test.ts', [
    WHO,
    `return areOthersPersons(clues) ? 'person' : 'customer';`,
    `return 'customer';`,
  ]),
  defect('agents who join are welcomed', 'seeds of welcomes', [
    WHO,
    `if (hasName(clues.agents, Identity)) return 'person';`,
    '',
  ]),
  // The order of two writes, and what is kept with them.
  defect('a part that was certainly not sent counts as sent', 'seeds of answers', [
    RECORD,
    `state: 'waiting',\n    ...(notBefore`,
    `state: 'sent',\n    ...(notBefore`,
  ]),
  defect('a damaged item’s words are in the log', 'test/error-code.test.ts', [
    'lib/error-code.ts',
    `return error instanceof BotError ? error.code : 'defect';`,
    'return error instanceof BotError ? error.code : String(error);',
  ]),
];
