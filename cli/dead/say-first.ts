import { join } from 'node:path';
import { loadRules } from '../../build/load-rules.ts';
import { eventTime } from '../../lib/event/event-time.ts';
import { isHandedOver } from '../../lib/guards/handover.ts';
import { type ConversationRecord, NEW_CONVERSATION } from '../../lib/record/conversation.ts';
import { conversationKey } from '../../lib/record/keys.ts';
import { memoryOf } from '../../lib/record/memory.ts';
import { messageParts } from '../../lib/record/message-record.ts';
import { render } from '../../lib/rules/actions/render.ts';
import { decide } from '../../lib/rules/decide.ts';
import type { PlannedStep } from '../../lib/rules/types.ts';
import type { Stage } from '../stage/stage.ts';
import { type Known, standing } from './read-letters.ts';

/** What a dead letter would have said first. */
export interface First {
  readonly says: string;
  /** What people wrote, and what they would read: only with --show-text. */
  readonly texts: readonly string[];
}

/**
 * What would be said if a dead letter were redriven: by its record where it was decided, else by the rules in this folder,
 * which may be others than the deployed ones. Nothing is sent, and Twilio is not asked.
 */
export async function sayFirst(stage: Stage, known: Known, folder: string): Promise<First> {
  const { opened, record } = known;
  const state = standing(known);
  if (opened === undefined) return { says: `${state}: only drop helps.`, texts: [] };
  const { event, receivedAt } = opened;
  const wrote = 'Body' in event ? [`wrote: ${event.Body}`] : [];
  if (record?.finished !== undefined)
    return { says: `${state}: redriven, it changes nothing.`, texts: wrote };
  if (record !== undefined) {
    const waiting = messageParts(record).filter(({ state: sent }) => sent !== 'sent');
    const texts = waiting.flatMap(({ message }) => (message === undefined ? [] : [describe(message)]));
    return { says: `${state}: redriven, the rest of it is sent.`, texts: [...wrote, ...texts] };
  }
  const at = eventTime(event, receivedAt);
  const stored = await stage.table.get<ConversationRecord>(conversationKey(known.conversationSid));
  const conversation = stored?.value ?? NEW_CONVERSATION;
  if (conversation.mutedUntil > stage.clock.now())
    return { says: 'nothing: its conversation is muted.', texts: wrote };
  if (isHandedOver(conversation, at))
    return { says: 'nothing: its conversation is a person’s.', texts: wrote };
  const compiled = await loadRules(join(folder, 'bot/rules.yaml'), 'bot/rules.yaml');
  if (!compiled.ok) return { says: `${state}, and bot/rules.yaml cannot be used.`, texts: wrote };
  const memory = memoryOf(conversation);
  const decision = decide(compiled.book, event, memory, at);
  if ('needs' in decision) return { says: 'it depends on what Twilio says of who wrote it.', texts: wrote };
  if (decision.outcome !== 'reply')
    return { says: `nothing: ${decision.outcome}, by bot/rules.yaml.`, texts: wrote };
  const rules = decision.shares.map(({ rule }) => rule).join(', ');
  const { steps } = render(compiled.book, decision, { event, now: at, memory });
  return {
    says: `rule ${rules} would answer with ${steps.map(({ kind }) => kind).join(', ')}, by bot/rules.yaml.`,
    texts: [...wrote, ...steps.map(describe)],
  };
}

function describe(step: PlannedStep): string {
  return `would say: ${step.kind === 'text' ? step.Body : JSON.stringify(step)}`;
}
