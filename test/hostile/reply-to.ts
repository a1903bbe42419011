import { createHandler } from '../../functions/reply.ts';
import { fixedSecret } from '../../lib/aws/secret.ts';
import { readConfig } from '../../lib/config.ts';
import { eventKey } from '../../lib/event/event-key.ts';
import { eventParams } from '../../lib/event/event-params.ts';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import type { HttpClient, QueueMessage } from '../../lib/ports.ts';
import { sealEnvelope } from '../../lib/queue/envelope.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { bookOf } from '../rules/support.ts';
import { silentLog } from '../support/silent-log.ts';
import { ACCOUNT_SID, SERVICE_SIDS } from './receiver.ts';

/** Says back everything of an event that a reply can say. */
const TELLS_ALL = bookOf(`version: 1
rules:
  - id: media
    when: { media: true }
    then: { text: 'a picture from {{ author | default: "nobody" }}' }
  - id: message
    when: { event: onMessageAdded, pattern: '(?<text>.+)' }
    then: { text: '{{ author | default: "nobody" }} says {{ match.text }}', split: true }
  - id: joined-sms
    when: { event: onParticipantAdded, channel: sms }
    then: { text: 'by SMS, {{ participant.address | default: "nowhere" }}' }
  - id: joined
    when: { event: onParticipantAdded }
    then:
      text: >-
        {{ participant.identity | default: "nobody" }} at {{ participant.address | default: "nowhere" }},
        {{ participant.attributes.a | default: "nothing" }}
  - id: opened-sms
    when: { event: onConversationAdded, channel: sms }
    then: { text: 'by SMS, {{ conversation.friendly_name | default: "nameless" }}' }
  - id: opened
    when: { event: onConversationAdded }
    then:
      text: >-
        {{ conversation.friendly_name | default: "nameless" }}, {{ conversation.unique_name | default: "nameless" }},
        {{ conversation.attributes.a | default: "nothing" }}
otherwise: { text: '{{ author | default: "nobody" }} says nothing' }
`);

const config = readConfig('reply', {
  TWILIO_ACCOUNT_SID: ACCOUNT_SID,
  TWILIO_CHAT_SERVICE_SID: SERVICE_SIDS.join(),
  TWILIO_API_KEY_SID: `SK${'1'.repeat(32)}`,
  TWILIO_API_KEY_SECRET: 'invented',
  QUEUE_URL: 'https://sqs.example.com/parley.fifo',
  TABLE_NAME: 'parley',
});
const NOW = Date.parse('2026-08-11T13:03:40Z');

/** What a customer would see: the messages posted and how the event ended. */
export interface Reply {
  readonly posted: readonly string[];
  readonly outcome: unknown;
}

/**
 * The reply function's answer to a queue message, with a Twilio that knows the truth: the event as it really was.
 * @param message Undefined for the truth itself.
 */
export async function replyTo(message: QueueMessage | undefined, truth: ConversationEvent): Promise<Reply> {
  const posted: string[] = [];
  const log = silentLog();
  const clock = { now: () => NOW, sleep: async () => {} };
  const handler = createHandler(config, {
    apiKey: fixedSecret({ sid: config.TWILIO_API_KEY_SID ?? '', secret: 'invented' }),
    store: createMemoryStore({ clock }),
    postpone: async () => {},
    http: twilioWith(truth, posted),
    clock,
    random: () => 0,
    log,
    rules: TELLS_ALL,
  });
  const body = message?.body ?? sealEnvelope(eventParams(truth), NOW);
  const record = {
    messageId: '1',
    receiptHandle: '1',
    body,
    attributes: { ApproximateReceiveCount: '1', MessageGroupId: eventKey(truth) },
  };
  const { batchItemFailures } = await handler({ Records: [record] } as never, {
    getRemainingTimeInMillis: () => 30_000,
  });
  const [answered] = log.lines.filter(({ message }) => message === 'answered');
  const outcome = batchItemFailures.length > 0 ? log.lines : [answered?.['outcome'], answered?.['reason']];
  return { posted, outcome };
}

/** Answers reads with resources that say what `truth` says. */
function twilioWith(truth: ConversationEvent, posted: string[]): HttpClient {
  const fields = truth as unknown as Readonly<Record<string, unknown>>;
  const attributes = JSON.stringify(fields['Attributes'] ?? {});
  const addresses = fields['MessagingBinding.Address'] as readonly string[] | undefined;
  const media = fields['Media'] as
    | readonly { Sid: string; ContentType: string; Filename?: string }[]
    | undefined;
  const message = {
    sid: fields['MessageSid'],
    index: fields['Index'],
    author: fields['Author'],
    body: fields['Body'],
    participant_sid: fields['ParticipantSid'] ?? null,
    date_created: fields['DateCreated'],
    attributes,
    media: media?.map(({ Sid, ContentType, Filename = null }) => ({
      sid: Sid,
      content_type: ContentType,
      filename: Filename,
      size: null,
    })),
  };
  const participant = {
    sid: fields['ParticipantSid'],
    identity: fields['Identity'] ?? null,
    attributes,
    messaging_binding: addresses && {
      type: fields['MessagingBinding.Type'] ?? null,
      address: addresses[0],
      proxy_address: fields['MessagingBinding.ProxyAddress'] ?? null,
    },
  };
  const conversation = {
    sid: fields['ConversationSid'],
    friendly_name: fields['FriendlyName'] ?? null,
    unique_name: fields['UniqueName'] ?? null,
    attributes,
  };
  return async ({ method, path, body }) => {
    const answer = (status: number, resource: unknown) => ({
      status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(resource),
    });
    if (method === 'POST') {
      posted.push(new URLSearchParams(body).get('Body') ?? '');
      return answer(201, { sid: `IM${'9'.repeat(32)}`, index: 99 });
    }
    if (/\/Messages\?/.test(path)) return answer(200, { messages: [message], meta: { next_page_url: null } });
    if (/\/Messages\//.test(path)) return answer(200, message);
    return answer(200, /\/Participants\//.test(path) ? participant : conversation);
  };
}
