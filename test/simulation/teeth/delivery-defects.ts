import { type Defect, defect } from './defect.ts';

const SEND = 'lib/reply/send-parts.ts';
const POST = 'lib/reply/post-part.ts';
const SENDING = 'lib/reply/sending.ts';
const DUE = 'lib/reply/check-due.ts';
const SAVE = 'lib/reply/save-record.ts';
const ANSWER = 'lib/reply/answer.ts';
const TRY = 'lib/reply/open-try.ts';
const BATCH = 'lib/queue/process-batch.ts';
/** In the simulation these are made good by the look back at what is missing. */
const BATCH_TEST = 'test/queue/process-batch.test.ts';
const REQUEST = 'lib/twilio/request.ts';
const HISTORY = 'lib/history/tell-history.ts';
const MISSED = 'lib/history/missed-messages.ts';
const PUT = `const version = await saveNext(ports, { key, value: record, lifetime: 'record' }, expected);`;

/** Mistakes on the way from the queue to Twilio, all of which show in what customers see. */
export const DELIVERY_DEFECTS: readonly Defect[] = [
  defect('look, then write: the record is not fenced', 'seeds', [
    SAVE,
    PUT,
    'const current = (await (ports as SendPorts).store.get(key))?.version;\n' +
      `const version = await saveNext(ports, { key, value: record, lifetime: 'record' }, current);`,
  ]),
  defect('count as sent before sending', 'seeds', [
    POST,
    '  await save(started);\n',
    `  await save(sentPart(started, index, { sid: '', index: 0 }, ports.clock.now()));\n`,
  ]),
  defect('no record before sending', 'seeds', [POST, '  await save(started);\n', '']),
  defect('forget the send when its outcome is unknown', 'seeds', [
    POST,
    `throw new RetryError('ambiguous', Math.max(`,
    `await save(releasePart(started, index));\n  throw new RetryError('ambiguous', Math.max(`,
  ]),
  defect('take any author’s marker for our reply', 'seeds', [
    'lib/history/find-reply.ts',
    'isProof(message, [wanted.author]) && hasMarker(',
    'message.index >= 0 && hasMarker(',
  ]),
  defect(
    'take a participant’s marker for proof that a message was answered',
    'test/reply/late-look.test.ts',
    ['lib/history/answers.ts', 'participant_sid === null', 'participant_sid !== undefined'],
  ),
  defect('answer again what another stack has answered', 'seeds of two-stacks', [
    'lib/reply/late-look.ts',
    'if (answers.length > 0) return',
    'if (answers.length > 1_000) return',
  ]),
  defect('answer over a person who has written since', 'seeds', [
    'lib/reply/late-look.ts',
    `if ((await author()).who === 'person') return true;`,
    '',
  ]),
  defect('take what the reconciler found for fresh', 'test/reply/late-look.test.ts', [
    'lib/reply/late-look.ts',
    '!found && delivery',
    'delivery',
  ]),
  defect('take what went behind others for fresh', 'test/reply/late-look.test.ts', [
    'lib/reply/late-look.ts',
    'receiveCount === 1 && !delivery.wentBehind',
    'receiveCount === 1',
  ]),
  defect('answer in a program’s place before its webhook says so', 'test/reply/await-webhook.test.ts', [
    'lib/reply/answer.ts',
    'const isNew = known.record === undefined && !isHistory;',
    'const isNew = known.record !== undefined && !isHistory;',
  ]),
  defect(
    'answer history that stands behind a person who is known',
    'test/history/person-before-the-table.test.ts',
    ['lib/reply/answer.ts', 'isHistory, isGapOpen: isHistory }', 'isHistory, isGapOpen: false }'],
  ),
  defect('answer history', 'test/history/before-the-bot.test.ts', [
    HISTORY,
    'isOld(event) && !(mayWait && place > lastAnswered)',
    'isOld(event) && !mayWait && place < 0',
  ]),
  defect('answer what a person has answered before there was this bot', 'test/history/tell-history.test.ts', [
    HISTORY,
    "(who) => who !== 'customer'",
    "(who) => who === 'bot'",
  ]),
  defect('ask who takes part for each message of history', 'test/history/tell-history.test.ts', [
    HISTORY,
    'listed ??= read',
    'listed = read',
  ]),
  defect('wait in front of the webhook that is waited for', 'test/reply/await-webhook.test.ts', [
    'lib/reply/await-webhook.ts',
    'wentBehind === false || receiveCount > 1',
    'receiveCount > 100',
  ]),
  defect('stand in front of the webhook that was overtaken', 'test/reply/await-webhook.test.ts', [
    'lib/reply/await-webhook.ts',
    'wentBehind === false || receiveCount > 1',
    'receiveCount > 1',
  ]),
  defect('forget what stands in a gap that kills the process', 'test/reply/everything-ends.test.ts', [
    'lib/reply/read-gap.ts',
    'if (tries.isDeadly) return { missed: [], isOpen: true };',
    'if (tries.isDeadly) return { missed: [] };',
  ]),
  defect('let a program in a customer’s name go behind what would have it answered', 'seeds of programs', [
    'lib/reply/read-gap.ts',
    'if (isInAnothersName(ports, event)) return',
    'if (isInAnothersName(ports, event) && event.Index < 0) return',
  ]),
  defect(
    'give up a webhook that stands right behind, after a minute of faults',
    'test/reply/await-webhook.test.ts',
    ['lib/reply/await-webhook.ts', 'isLate(at, sentAt ?? now)', 'isLate(at, now)'],
  ),
  defect('do not see that another stack has answered as well', 'test/history/missed-messages.test.ts', [
    'lib/history/missed-messages.ts',
    'unknown.filter((message) => isProof(message, [ports.botAuthor]))',
    'unknown.filter(({ author }) => author === ports.botAuthor)',
  ]),
  defect('take half an answer of somebody else’s for a whole one', 'seeds of table-lost', [
    'lib/history/answers.ts',
    'seen.size === Number.parseInt(rest, 10)',
    'seen.size > 0 && rest !== undefined',
  ]),
  defect('take for fresh what was written before the table was ours', 'test/reply/late-look.test.ts', [
    'lib/reply/late-look.ts',
    'at < tableSince + FORMER_ENDS_MS',
    'at < tableSince - 10 * FORMER_ENDS_MS',
  ]),
  defect('send a plan that waited without a look', 'seeds of settings', [
    ANSWER,
    '{ tooLate: () => lookLate(ports, claim, record) }',
    '{}',
  ]),
  defect(
    'send again without the settle time',
    'seeds',
    [SEND, `if (!isSettled) throw new RetryError('settling', settleWait(part, ports.settleMs, now()));`, ''],
    [
      POST,
      `throw new RetryError('ambiguous', Math.max(wait, `,
      `throw new RetryError('ambiguous', Math.max(0, `,
    ],
  ),
  defect('take a list for as new as its answer', 'test/reply/unknown-outcome.test.ts', [
    SEND,
    `    const isSettled = now() >= settlesAt(part, ports.settleMs);
    const seen = await lookFor(ports, claim, record, index, save, isSettled);`,
    `    const seen = await lookFor(ports, claim, record, index, save, now() >= settlesAt(part, ports.settleMs));
    const isSettled = now() >= settlesAt(part, ports.settleMs);`,
  ]),
  defect('send again without looking', 'seeds', [
    SEND,
    'const seen = await lookFor(ports, claim, record, index, save, isSettled);',
    `const seen = 'absent' as 'absent' | 'found' | 'hidden';`,
  ]),
  defect('repeat a POST after 5xx', 'seeds', [
    REQUEST,
    `return error.outcomeKnown || method === 'GET';`,
    'return true;',
  ]),
  defect('repeat what Twilio refused for good', 'test/reply/answer.test.ts', [
    POST,
    'if (error.outcomeKnown && !error.retryable) {',
    'if (error.outcomeKnown && !error.retryable && index < 0) {',
  ]),
  defect('ignore Retry-After', 'seeds', [
    REQUEST,
    'return error instanceof TwilioError ? (error.retryAfterMs ?? 0) : 0;',
    'return 0;',
  ]),
  defect('ignore Retry-After for all parts but the first', 'test/reply/send-parts.test.ts', [
    'lib/reply/check-due.ts',
    'planned.parts[index]?.notBefore',
    'planned.parts[0]?.notBefore',
  ]),
  defect('a conversation’s messages side by side', BATCH_TEST, [
    BATCH,
    'Map.groupBy(records, ({ attributes, messageId }) => attributes.MessageGroupId ?? messageId)',
    'Map.groupBy(records, ({ messageId }) => messageId)',
  ]),
  defect('one failure fails the whole batch', BATCH_TEST, [
    BATCH,
    'failed.flat().map(',
    '(failed.flat().length > 0 ? [...records] : []).map(',
  ]),
  defect(
    'go on with a conversation after a failure',
    BATCH_TEST,
    [BATCH, '  for (const [position', '  const failures: QueueRecord[] = [];\n  for (const [position'],
    [BATCH, 'const rest = group.slice(position);', 'const rest = group.slice(position, position + 1);'],
    [
      BATCH,
      '      return rest;\n    }\n  }\n  return [];',
      '      failures.push(...rest);\n    }\n  }\n  return failures;',
    ],
  ),
  defect('start a POST with no time to finish it', 'seeds', [
    SENDING,
    `if (delivery.remainingMs() < POST_MS + SAVE_MARGIN_MS) throw new RetryError('no_time_left', 0);`,
    `if (delivery.remainingMs() < -1e9) throw new RetryError('no_time_left', 0);`,
  ]),
  defect('a POST has eight seconds however late it starts', 'seeds of late', [
    POST,
    'const timeoutMs = (sendingSince ?? 0) + POST_MS - ports.clock.now();',
    'const timeoutMs = POST_MS;',
  ]),
  defect(
    'decide again at each attempt',
    'seeds',
    [
      ANSWER,
      'const record = begun ?? (',
      'const record = (begun && !begun.finished ? await decideAgain(ports, claim, begun) : begun) ?? (',
    ],
    [
      ANSWER,
      'function goneRecord(',
      `async function decideAgain(ports: AnswerPorts, claim: Claim, record: MessageRecord) {
  const again = await planEvent(ports, { ...claim, again: true });
  const parts = record.parts.map((part, i) =>
    part.state === 'sent' || !again.parts[i]?.message ? part : { ...part, message: again.parts[i].message },
  );
  return { ...record, parts };
}
function goneRecord(`,
    ],
    [
      'lib/reply/plan-event.ts',
      'isSent && !isFresh(claim, postedBy) ?',
      `isSent && !('again' in claim) && !isFresh(claim, postedBy) ?`,
    ],
  ),
  defect('answer STOP', 'seeds', ['lib/guards/guards.ts', '  optOutWord,\n', '']),
  defect('do not wait for messages that come late', 'seeds', [
    'lib/reply/read-gap.ts',
    'if (!hasGap(state ?? NEW_CONVERSATION, event.Index)) return undefined;',
    'if (event.Index >= 0) return undefined;',
  ]),
  defect('believe a list that lags', 'seeds', [
    MISSED,
    `if (lags) throw new RetryError('list_lags', STALE_LIST_MS);`,
    '',
  ]),
  defect('answer agents', 'seeds', [
    'lib/guards/who.ts',
    `if (hasName(agents, Author)) return (await isNoIdentity()) ? 'customer' : 'person';`,
    '',
  ]),
  defect('answer programs that the reconciler comes across', 'seeds', [
    'lib/guards/who.ts',
    `if (ParticipantSid === undefined) return cameIn(event) ? 'customer' : 'program';`,
    '',
  ]),
  defect('keep customers’ words in finished records', 'seeds', [
    'lib/record/message-record.ts',
    'parts: record.parts.map(withoutWords), ...kept, finished',
    '...kept, finished',
  ]),
  defect('take the older of two answers for lost', 'seeds', [
    'lib/history/find-reply.ts',
    'if (message.index <= afterIndex ||',
    'if (messages.length === 1 || message.index <= afterIndex ||',
  ]),
  defect('no mute for machines', 'test/simulation/loops.test.ts', [
    'lib/record/conversation.ts',
    'if (quickTurns < MAX_QUICK_TURNS) return',
    'if (quickTurns >= 0) return',
  ]),
  defect('no budget of a minute', 'seeds of budgets', ['lib/guards/guards.ts', '  budgetMinute,\n', '']),
  defect('answer itself', 'seeds', [
    'lib/guards/guards.ts',
    '  ownAuthor,\n  systemAuthor,\n  apiSource,\n  ownMarker,\n  notACustomer,\n',
    '',
  ]),
  defect(
    'no stale messages',
    'seeds of budgets',
    ['lib/guards/guards.ts', '  tooOld,\n', ''],
    [DUE, 'if (begins && isTooOld)', 'if (index < 0 && isTooOld)'],
  ),
  defect('an answer planned before an outage is sent after it', 'seeds of budgets', [
    DUE,
    'if (begins && isTooOld)',
    'if (index < 0 && isTooOld)',
  ]),
  defect('drop what is new while those that waited are answered', 'test/simulation/outage.test.ts', [
    'lib/reply/plan-event.ts',
    ' || isCatchingUp(conversation, now)',
    '',
  ]),
  defect('write over what a newer version wrote', 'test/golden/golden.test.ts', [
    'lib/reply/read-known.ts',
    `if (item !== undefined && item.value.v > known) throw new RetryError('newer_record', NEWER_VERSION_MS);`,
    '',
  ]),
  defect('do not count duplicates', 'test/simulation/late-commit.test.ts', [
    'lib/history/find-reply.ts',
    `  log.count('duplicate_detected', reason);\n  log.error('a reply is at Twilio twice', { ...address, replySid, reason });\n`,
    '',
  ]),
  defect('count a duplicate each time that it is seen', 'test/reply/answer.test.ts', [
    'lib/history/find-reply.ts',
    '  if ((await store.get(key)) !== undefined) return;\n',
    '',
  ]),
  defect('try for ever what fails each time', 'seeds of lasting', [
    TRY,
    '(tries.failures >= MAX_TRIES || ',
    '(tries.failures >= 1_000 || ',
  ]),
];
