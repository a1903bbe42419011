import type { Answer } from '../../evidence/talk.ts';
import type { Finding } from '../finding.ts';
import type { Seen } from '../seen.ts';

/** One part of one answer that customers see more than once, whoever sent it. */
export function findTwice({ answers, address }: Seen): readonly Finding[] {
  const parts = new Map<string, Answer[]>();
  for (const answer of answers) {
    const part = `${answer.key} ${answer.part}`;
    parts.set(part, [...(parts.get(part) ?? []), answer]);
  }
  return [...parts.values()].flatMap((same): Finding[] => {
    const [first] = same;
    if (first === undefined || same.length < 2) return [];
    const sids = same.map(({ message }) => message.sid).join(', ');
    const says = `Part ${first.part} of its answer is at Twilio ${same.length} times: ${sids}.`;
    return [{ kind: 'twice', sid: first.marker.in_reply_to, address, says }];
  });
}
