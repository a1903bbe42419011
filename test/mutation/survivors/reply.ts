import type { Survivor } from './survivor.ts';

export const REPLY: readonly Survivor[] = [
  {
    file: 'lib/reply/check-due.ts',
    line: 'const pause = (planned.parts[index]?.notBefore ?? 0) - clock.now();',
    change: 'planned.parts[index]?.notBefore → planned.parts[index].notBefore',
    reason: 'The part that is due is there; the compiler does not know that.',
  },
  {
    file: 'lib/reply/claim.ts',
    line: 'const binding = isAddress(found) ? found.messaging_binding?.type : undefined;',
    change: 'found.messaging_binding?.type → found.messaging_binding.type',
    reason: 'What has a binding is not undefined; the compiler does not know that.',
  },
  {
    file: 'lib/reply/plan-event.ts',
    line: '{ outcome, ...(reason === undefined ? {} : { reason }), at: ports.clock.now() },',
    change: 'reason === undefined → false',
    reason: 'What is undefined is not in the JSON that is kept; the check is for the compiler.',
  },
  {
    file: 'lib/reply/plan-event.ts',
    line: 'ports.onSettled?.(event, decision, settled?.called ?? []);',
    change:
      'ports.onSettled?.(event, decision, settled?.called ?? []) → ports.onSettled(event, decision, settled?.called ?? [])',
    reason: 'All tests here watch; the packaged bundle, where nobody does, is run by others.',
  },
  {
    file: 'lib/reply/open-try.ts',
    line: 'if (stored?.value.working !== true || stored.version !== (version ?? 0) + 1) return;',
    change: 'stored?.value → stored.value',
    reason:
      'Where nothing is stored there is no mark to take off, and what this throws then is caught by the one caller, which throws the error of the table as before.',
  },
  {
    file: 'lib/reply/open-try.ts',
    line: 'if (JSON.stringify(stored?.value) === JSON.stringify(next)) version = stored?.version;',
    change: 'stored?.version → stored.version',
    reason: 'What is like it is stored; the check is for the compiler.',
  },
  {
    file: 'lib/reply/settle-calls.ts',
    line: 'let isAsked = true;',
    change: 'true → false',
    reason:
      'Only decisions with a call come here, so at least one action sets it before it is read; the compiler does not know that.',
  },
  {
    file: 'lib/reply/give-back.ts',
    line: 'default:',
    change: 'default: return false; → default:',
    reason: 'A function that ends without a `return` returns undefined, and that gives nothing back, too.',
  },
  {
    file: 'lib/reply/report.ts',
    line: 'if (record.finished === undefined) return;',
    change: 'record.finished === undefined → false',
    reason: 'What is reported has come to its outcome; the compiler does not know that.',
  },
  {
    file: 'lib/reply/answer.ts',
    line: "const isReported = record.reported || record.finished?.outcome === 'quarantined';",
    change: 'record.finished?.outcome → record.finished.outcome',
    reason: 'What has ended is finished; the compiler does not know that.',
  },
  {
    file: 'lib/reply/open-delivery.ts',
    line: 'const endedNow = (record.finished?.at ?? 0) >= beganAt;',
    change: 'record.finished?.at → record.finished.at',
    reason: 'What was set aside is finished; the compiler does not know that.',
  },
  {
    file: 'lib/reply/open-delivery.ts',
    line: 'const endedNow = (record.finished?.at ?? 0) >= beganAt;',
    change: '(record.finished?.at ?? 0) >= beganAt → (record.finished?.at ?? 0) > beganAt',
    reason: 'Twilio is asked for the service in between, which takes time.',
  },
  {
    file: 'lib/reply/late-look.ts',
    line: "const latest = Math.max(...answers.map(({ message }) => Date.parse(message.date_created ?? '') || 0));",
    change: `'' → "Stryker was here!"`,
    reason: 'Neither of the two texts is a date, so either counts as 0.',
  },
  {
    file: 'lib/reply/late-look.ts',
    line: "const index = event.EventType === 'onMessageAdded' ? event.Index : undefined;",
    change: "event.EventType === 'onMessageAdded' → true",
    reason:
      'Only a message has an Index, and of any other event it is undefined; the check is for the compiler.',
  },
  {
    file: 'lib/reply/late-look.ts',
    line: 'const lags = index !== undefined && (messages[0]?.index ?? -1) < index;',
    change: 'index !== undefined → true',
    reason: 'A number is never less than undefined; the check is for the compiler.',
  },
  {
    file: 'lib/reply/late-look.ts',
    line: 'const isOrdered = claim.answerUntil !== undefined && index !== undefined;',
    change: 'index !== undefined → true',
    reason: 'Nothing in a list comes later than an Index that is undefined; the check is for the compiler.',
  },
  {
    file: 'lib/reply/late-look.ts',
    line: "claim.event.EventType === 'onMessageAdded' ? claim.event.Index : Number.POSITIVE_INFINITY;",
    change: "claim.event.EventType === 'onMessageAdded' → true",
    reason: 'A number is as little greater than undefined as it is than infinity.',
  },
  {
    file: 'lib/reply/late-look.ts',
    line: 'const personAt = event.Index > afterIndex ? Math.max(listedAt, at) : listedAt;',
    change: 'event.Index > afterIndex → event.Index >= afterIndex',
    reason:
      'The message with that very Index is the one to be answered, a customer’s, and never counts as a person’s.',
  },
  {
    file: 'lib/reply/late-look.ts',
    line: 'return at < othersUntil && lastSaidByOthers(messages) > event.Index;',
    change: 'lastSaidByOthers(messages) > event.Index → lastSaidByOthers(messages) >= event.Index',
    reason: 'The message itself is a customer’s, so nobody else has its Index.',
  },
  {
    file: 'lib/reply/read-gap.ts',
    line: "if (event.EventType !== 'onMessageAdded') return undefined;",
    change: "event.EventType !== 'onMessageAdded' → false",
    reason: 'What has no Index has no gap before it; the check is for the compiler.',
  },
  {
    file: 'lib/reply/set-aside.ts',
    line: 'if (before !== undefined && isOver(before, replay)) return before;',
    change: 'before !== undefined → true',
    reason: 'Where there is no record nothing is over; the check is for the compiler.',
  },
  {
    file: 'lib/reply/answer.ts',
    line: 'if (!tries.isDeadly) await tries.mark();',
    change: '!tries.isDeadly → true',
    reason: 'What is deadly is set aside with the mark or without it; the check spares a write.',
  },
  {
    file: 'lib/reply/answer.ts',
    line: "const wait = part.state === 'sending' ? settleWait(part, settleMs, clock.now()) : 0;",
    change: "part.state === 'sending' → true",
    reason:
      'What waits to be sent has settled long ago, and an answer of which a message was sent is not decided anew.',
  },
  {
    file: 'lib/reply/late-look.ts',
    line: 'if (quietMs === 0 && !isReplayed) return false;',
    change: 'quietMs === 0 && !isReplayed → false',
    reason:
      'Where persons keep the bot quiet for no time, none of the messages counts; the check spares going through them.',
  },
];
