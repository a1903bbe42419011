import type { Core } from '../core.ts';
import type { Conversation, ScopedWebhook, Service } from '../state.ts';
import { messageParams } from './event-params.ts';
import { publishTo } from './publish-event.ts';

/** A new conversation-scoped webhook with ReplayAfter hears of that message and all after it. */
export function replayMessages(
  core: Core,
  service: Service,
  conversation: Conversation,
  webhook: ScopedWebhook,
  fromIndex: number,
): void {
  const { url } = webhook;
  if (url === null) return;
  const method = webhook.method === 'post' ? 'POST' : 'GET';
  const target = { level: 'conversation', url, method, retries: 0 } as const;
  for (const message of conversation.messages.items) {
    if (message.index < fromIndex) continue;
    const params = messageParams(core, service, conversation, message, 'added');
    const actor = { ...message.source, fires: true, asksFirst: false };
    publishTo(core, actor, { EventType: 'onMessageAdded', service, conversation, params }, target);
  }
}
