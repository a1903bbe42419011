import { isCustomers } from '../../evidence/is-customers.ts';
import { mayWait } from '../../evidence/waits.ts';
import type { Finding } from '../finding.ts';
import type { Asked, Seen } from '../seen.ts';

/** Nobody looks further back for what was missed (docs/guarantees.md). */
const CUT = 1_000;

/** A customer's message that the bot does not know of, and that nothing of ours answers. */
export async function findLost(seen: Seen): Promise<readonly Finding[]> {
  if (!seen.isOurs) return [];
  const newest = seen.messages.at(-1)?.index ?? 0;
  const unknown = seen.asked.filter(
    ({ record, answers, message, key, at }) =>
      record === undefined &&
      answers.length === 0 &&
      at >= seen.mark.since &&
      message.index > newest - CUT &&
      !mayWait(seen, key, at),
  );
  const findings = unknown.map(
    async (asked): Promise<readonly Finding[]> =>
      (await isCustomers(seen, seen, asked.event)) ? [lost(seen, asked)] : [],
  );
  return (await Promise.all(findings)).flat();
}

function lost({ address, work }: Seen, { message: { sid }, key }: Asked): Finding {
  const where = work.dead.has(key) ? 'it is a dead letter' : 'nothing in the table knows of it';
  return {
    kind: 'lost',
    sid,
    address,
    says: `A customer’s message has neither outcome nor answer: ${where}.`,
  };
}
