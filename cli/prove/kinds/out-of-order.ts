import type { MessageRecord } from '../../../lib/record/message-record.ts';
import type { Answer } from '../../evidence/talk.ts';
import type { Finding } from '../finding.ts';
import type { Asked, Seen } from '../seen.ts';

/** Answers in another order than that of what they answer, and parts of one answer in another than theirs. */
export function findOutOfOrder(seen: Seen): readonly Finding[] {
  return [...ofAnswers(seen), ...ofParts(seen)];
}

/**
 * What a table that was lost or restored does not know was not waited for, and of what this stack set aside unsent the answer
 * is another stack's: neither has a place in the order.
 */
function ofAnswers({ asked, address }: Seen): readonly Finding[] {
  const begun = asked
    .flatMap((each) => {
      const [first] = each.answers;
      return first === undefined || each.record === undefined || isSetAsideUnsent(each.record)
        ? []
        : [{ ...each, first }];
    })
    .toSorted((a, b) => a.first.message.index - b.first.message.index);
  let latest: Asked | undefined;
  return begun.flatMap((each): Finding[] => {
    const before = latest;
    if (before === undefined || each.message.index > before.message.index) {
      latest = each;
      return [];
    }
    const says = `It was answered after ${before.message.sid}, which was written later.`;
    return [{ kind: 'out_of_order', sid: each.message.sid, address, says }];
  });
}

/** Given up while nothing of it was known to be done. */
export function isSetAsideUnsent({ finished, parts }: MessageRecord): boolean {
  return finished?.outcome === 'quarantined' && parts.every(({ state }) => state !== 'sent');
}

function ofParts({ asked, address }: Seen): readonly Finding[] {
  return asked.flatMap(({ message: { sid }, answers }): Finding[] => {
    const parts = answers.map(({ part }: Answer) => part);
    if (parts.every((part, at) => part >= (parts[at - 1] ?? 0))) return [];
    return [
      { kind: 'out_of_order', sid, address, says: `The parts of its answer came as ${parts.join(', ')}.` },
    ];
  });
}
