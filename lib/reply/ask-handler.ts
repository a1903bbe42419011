import type { History, PastMessage } from '../handlers/context.ts';
import type { Asked } from '../handlers/create-caller.ts';
import type { ListMessages } from '../history/find-reply.ts';
import type { ReadFromTwilio } from '../history/read-from-twilio.ts';
import type { RenderValues } from '../rules/actions/action.ts';
import { keywordsOf } from '../rules/match/is-keyword.ts';
import { fill } from '../rules/render/fill.ts';
import type { ReplyAction, RuleBook, Share } from '../rules/types.ts';
import type { MessageResource } from '../twilio/messages.ts';
import { NotFoundError } from '../twilio/twilio-errors.ts';
import type { Claim } from './claim.ts';

export interface AskPorts {
  readonly rules: Pick<RuleBook, 'templates' | 'rules' | 'otherwise'>;
  readonly read: ReadFromTwilio;
  readonly list: ListMessages;
  readonly fetch: (address: Claim['address'], messageSid: string) => Promise<MessageResource>;
}

const READ_MS = 5_000;
const MAX_LISTED = 100;
const LISTED = 20;

/**
 * What a handler is asked with. It reads from Twilio by itself, and not what this delivery has read: nothing that goes
 * on after its end touches what the answer is made with.
 */
export function askHandler(
  ports: AskPorts,
  { event, address }: Claim,
  action: Extract<ReplyAction, { readonly kind: 'call' }>,
  share: Share,
  values: RenderValues,
): Omit<Asked, 'until' | 'hasDied' | 'check'> {
  const sid = 'ParticipantSid' in event ? event.ParticipantSid : undefined;
  const given = Object.entries(action.values).map(([name, text]) => [name, fill(text, values)] as const);
  return {
    handler: action.handler,
    given: Object.fromEntries(given),
    event,
    match: share.match,
    answer: share.answer,
    memory: values.remembered ?? {},
    language: values.language,
    now: values.now,
    templates: ports.rules.templates,
    remembers: action.remembers,
    goesOn: share.continues ? 'continue' : share.actions.at(-1) === action ? undefined : 'actions',
    keywords: [...keywordsOf(ports.rules)],
    conversation: () => ports.read.conversation(address),
    participant: async () => (sid === undefined ? undefined : ports.read.participant(address, sid)),
    history: historyOf(ports, address),
    fields: {
      ...address,
      ...('MessageSid' in event ? { messageSid: event.MessageSid } : {}),
      rule: share.rule,
    },
  };
}

function historyOf({ list, fetch }: AskPorts, address: Claim['address']): History {
  return {
    list: async (count = LISTED) => {
      const wanted = Math.min(MAX_LISTED, Math.max(1, Math.floor(count) || 1));
      const messages: PastMessage[] = [];
      for await (const message of list(address, { Order: 'desc', PageSize: wanted, timeoutMs: READ_MS })) {
        messages.push(pastMessage(message));
        if (messages.length === wanted) break;
      }
      return messages;
    },
    fetch: async (messageSid) => {
      try {
        return pastMessage(await fetch(address, messageSid));
      } catch (error) {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      }
    },
  };
}

function pastMessage(message: MessageResource): PastMessage {
  const { sid, index, author, body, participant_sid, date_created, attributes } = message;
  return { sid, index, author, body, participant_sid, date_created, attributes };
}
