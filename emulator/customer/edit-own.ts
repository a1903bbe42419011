import type { Core } from '../core.ts';
import { notFound } from '../refusal-error.ts';
import { changeMessage, type MessageChange, removeMessage } from '../resources/change-message.ts';
import { checkBody } from '../resources/message-draft.ts';
import { type Resource, showMessage } from '../show.ts';
import type { Message } from '../state.ts';
import { sdkActor } from '../webhooks/actor.ts';
import { type ConversationChoice, type Located, locate } from './locate.ts';

export interface MessageChoice extends ConversationChoice {
  readonly messageSid: string;
}

export interface OwnChange {
  readonly body?: string | undefined;
  /** JSON text. */
  readonly attributes?: string | undefined;
}

/** Somebody edits their message by SDK. */
export async function editOwn(core: Core, input: MessageChoice & OwnChange): Promise<Resource> {
  const { service, conversation, message, place } = locateMessage(core, input);
  if (input.body !== undefined) checkBody(core, conversation, input.body);
  const change: MessageChange = {
    ...(input.body === undefined ? {} : { body: input.body }),
    ...(input.attributes === undefined ? {} : { attributes: input.attributes }),
  };
  await changeMessage(core, sdkActor(message.author), service, conversation, message, change);
  return showMessage(core, place, service, conversation, message);
}

/** Somebody deletes their message by SDK. */
export async function removeOwn(core: Core, input: MessageChoice): Promise<void> {
  const { service, conversation, message } = locateMessage(core, input);
  await removeMessage(core, sdkActor(message.author), service, conversation, message);
}

function locateMessage(core: Core, input: MessageChoice): Located & { message: Message } {
  const located = locate(core, input);
  const message = located.conversation.messages.get(input.messageSid);
  if (message === undefined) {
    throw notFound(`/Conversations/${located.conversation.sid}/Messages/${input.messageSid}`);
  }
  return { ...located, message };
}
