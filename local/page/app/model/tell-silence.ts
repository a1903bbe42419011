import { eventTime } from '../../../../lib/event/event-time.ts';
import { isHandedOver, isQuiet } from '../../../../lib/guards/handover.ts';
import type { Conversation, Model } from './model.ts';

/** Why the bot keeps quiet in a conversation. Times are in milliseconds since the epoch. */
export type Silence =
  | {
      readonly kind: 'handed over';
      readonly until: number;
      /** Which one did; undefined where that is not known here any more. */
      readonly rule: string | undefined;
      /** Words by which the customer comes back to the bot. */
      readonly back: readonly string[];
    }
  | {
      readonly kind: 'quiet';
      readonly until: number;
      readonly wroteAt: number;
      /** Who wrote, where that is known. */
      readonly person: string | undefined;
    };

/** Goes by what the bot has noted, as its guards do. @param now world time, in milliseconds since the epoch */
export function tellSilence(
  { rules }: Pick<Model, 'rules'>,
  conversation: Conversation,
  now: number,
): Silence | undefined {
  const { noted = {} } = conversation;
  const { handover, givenBackAt = 0, personAt } = noted;
  if (handover !== undefined && isHandedOver(noted, now)) {
    const { at, until, back } = handover;
    return { kind: 'handed over', until, rule: findRule(conversation, at), back };
  }
  const { quietAfterPersonMs = 0 } = rules ?? {};
  if (personAt === undefined || !isQuiet(personAt, now, { quietAfterPersonMs, givenBackAt }))
    return undefined;
  const person = findPerson(conversation, personAt);
  return { kind: 'quiet', until: personAt + quietAfterPersonMs, wroteAt: personAt, person };
}

/** The rule that handed over when the customer wrote at `at`. */
function findRule({ turns }: Conversation, at: number): string | undefined {
  for (const { decision, steps } of turns.values()) {
    if (decision?.outcome !== 'reply') continue;
    const decided = steps.findLast((step) => step.kind === 'decision');
    if (decided === undefined || eventTime(decided.event, 0) !== at) continue;
    const share = decision.shares.find(({ actions }) => actions.some(({ kind }) => kind === 'handover'));
    if (share !== undefined) return share.rule;
  }
  return undefined;
}

/** The page hears of a message a moment after it was made. */
const HEARD_WITHIN_MS = 1000;

function findPerson({ messages, participants }: Conversation, at: number): string | undefined {
  const byChat = new Set(
    [...participants.values()].flatMap(({ name, channel }) => (channel === 'chat' ? name : [])),
  );
  return [...messages.values()].findLast(
    ({ author, at: heardAt, inReplyTo }) =>
      inReplyTo === undefined && byChat.has(author) && Math.abs(heardAt - at) < HEARD_WITHIN_MS,
  )?.author;
}
