import { plural } from '../plural.ts';
import type { ConversationExplanation } from './explain-conversation.ts';
import type { Explanation } from './explain-message.ts';

/** For people, as docs/operating.md has it. All times are UTC. */
export function showMessage(explained: Explanation): readonly string[] {
  const { sid, address, asked, outcome, rule, ms, moments, before, failures, logs } = explained;
  const head = [
    `${sid}  in ${address.conversationSid}  service ${address.serviceSid}`,
    `outcome ${outcome}`,
    ...(rule === undefined ? [] : [`rule ${rule}`]),
    ...(ms === undefined ? [] : [`${(ms / 1_000).toFixed(1)} s`]),
  ];
  const day = dayOf(moments[0]?.at ?? 0);
  const width = Math.max(0, ...moments.map(({ what, note = '' }) => (note === '' ? 0 : what.length)));
  return [
    ...(asked === undefined ? [] : [`${asked} is the bot’s answer to this:`]),
    head.join('   '),
    ...(moments.length === 0 ? [] : [` ${day}, UTC`]),
    ...moments.map(({ at, where, what, note = '' }) => {
      const time = dayOf(at) === day ? clockOf(at) : `${dayOf(at)} ${clockOf(at)}`;
      return ` ${time}  ${where.padEnd(9)}  ${what.padEnd(note === '' ? 0 : width)}${note && `  ${note}`}`;
    }),
    ...before.map((ended) => ` It had ended ${ended} before it was decided anew.`),
    ...(failures > 0 ? [` ${plural(failures, 'try', 'tries')} failed.`] : []),
    ...WITHOUT_LOGS[logs],
    ending(explained),
  ];
}

const WITHOUT_LOGS: Readonly<Record<Explanation['logs'], readonly string[]>> = {
  read: [],
  none: ['The logs have nothing of it: they are kept for 30 days, at LOG_LEVEL info and below.'],
  unreadable: ['The logs cannot be read, so what they would tell is missing here.'],
};

export function showConversation(explained: ConversationExplanation): readonly string[] {
  const { address, state, messages, events } = explained;
  return [
    `${address.conversationSid}  service ${address.serviceSid}`,
    ...state.map((line) => ` ${line}`),
    ...[...messages, ...events]
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, sid, what }) => ` ${dayOf(at)} ${clockOf(at)}  ${columnOf(sid)}  ${what}`),
    ending(explained),
  ];
}

/** What has no SID of its own has a hash, longer than any. */
function columnOf(sid: string): string {
  return sid.length > 34 ? `${sid.slice(0, 33)}…` : sid;
}

function ending({ says, next = 'nothing' }: { readonly says: string; readonly next?: string }): string {
  return `${says} Next: ${next}${next === 'nothing' ? '.' : ''}`;
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function clockOf(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}
