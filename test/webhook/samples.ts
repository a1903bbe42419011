import { expect } from 'vitest';
import { EVENTS } from '../../events/make.ts';
import { eventParams } from '../../lib/event/event-params.ts';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import type { FormParams } from '../../lib/event/form-params.ts';
import { parseEvent } from '../../lib/webhook/parse-event.ts';
import { signedText } from '../../lib/webhook/sign-webhook.ts';
import { toParams } from './requests.ts';

export const GONE = undefined;
type Changes = Readonly<Record<string, string | typeof GONE>>;

export function change(params: FormParams, changes: Changes): FormParams {
  const changed = new Map(params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === GONE) changed.delete(name);
    else changed.set(name, [value]);
  }
  return changed;
}

/** A sample to take apart: one text that means nothing, and no more than the table needs. */
function sample(name: string, simplified: Changes) {
  const params = change(eventParams(EVENTS[name] as ConversationEvent), simplified);
  return {
    with: (changes: Changes = {}) => change(params, changes),
    /** The value of one parameter. */
    value: (field: string) => params.get(field)?.[0] ?? '',
    /** What is signed before `field`, as parameters, and from it on, as text. */
    upTo: (field: string) => new Map([...params].filter(([other]) => other < field)),
    /** What is signed behind `field` and before `other`. */
    between: (field: string, other: string) =>
      signedText(new Map([...params].filter(([name]) => field < name && name < other))),
    from: (field: string) => signedText(new Map([...params].filter(([other]) => other >= field))),
  };
}
export const sms = sample('onMessageAdded.sms', { Body: 'hi' });
export const chat = sample('onMessageAdded.chat', { Body: 'hi', Attributes: '{"a":1}' });
export const media = sample('onMessageAdded.media', { Language: 'en' });
export const bare = sample('onMessageAdded.sms', {
  MessagingServiceSid: GONE,
  ParticipantSid: GONE,
  RetryCount: GONE,
  Source: GONE,
});
export const participant = sample('onParticipantAdded', {});
export const conversation = sample('onConversationAdded', { FriendlyName: 'Order', UniqueName: 'x' });
export const draft = sample('onConversationAdd', { FriendlyName: 'Order', MessageBody: 'hi' });

export const user = sample('onUserAdded', {});
export const stateChange = sample('onConversationStateUpdated', {});
export const delivery = sample('onDeliveryUpdated', {});

export function verdict(params: FormParams): string {
  const parsed = parseEvent(params);
  if (parsed.kind === 'event') return parsed.doubtful ? 'doubtful' : 'certain';
  if (parsed.kind === 'unknown') return 'unknown';
  // The caller answers 403 to what is refused and 400 to what is malformed.
  const refused = ['hidden_parameter', 'repeated_parameter'].includes(parsed.reason);
  expect(parsed.kind).toBe(refused ? 'refused' : 'malformed');
  return parsed.reason;
}

export const service = `ChatServiceSid${sms.value('ChatServiceSid')}`;
export const FORGED = {
  ChatServiceSid: sms.value('ChatServiceSid'),
  ConversationSid: `CH${'9'.repeat(32)}`,
  DateCreated: '2026-11-20T09:30:00.250Z',
};
export const FORGED_MESSAGE = {
  EventType: 'onMessageAdded',
  Index: '9',
  MessageSid: `IM${'9'.repeat(32)}`,
  Source: 'SMS',
};
/** A whole webhook as a customer would type it, up to a name in which the real one is to vanish. */
export const forge = (...parts: Changes[]) => signedText(toParams(Object.assign({}, ...parts)));
