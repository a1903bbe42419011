import type { Turn, WebhookStep } from '../model/model.ts';

export function makeConversationTest(webhook: WebhookStep, turn: Turn): string {
  return `${webhook.sent.event} ${turn.subject}`;
}
