import type { Core } from '../core.ts';
import { parseDuration } from '../dates.ts';
import { type Conversation, type ConversationState, pairKey, type Service } from '../state.ts';
import { type Actor, systemActor } from '../webhooks/actor.ts';
import { stateParams } from '../webhooks/event-params.ts';
import { publishEvent } from '../webhooks/publish-event.ts';
import { tellConversation } from './tell.ts';

/** A message makes an inactive conversation active again and starts its timers anew. */
export function wakeConversation(core: Core, service: Service, conversation: Conversation): void {
  conversation.last_activity = core.timeline.now();
  if (conversation.state === 'inactive') moveTo(core, service, conversation, 'active', 'EVENT', systemActor);
}

/** Changes the state and reports it. An active conversation's timers start anew, a closed conversation gives its addresses back. */
export function moveTo(
  core: Core,
  service: Service,
  conversation: Conversation,
  state: ConversationState,
  reason: 'API' | 'TIMER' | 'EVENT',
  actor: Actor,
): void {
  const from = conversation.state;
  if (from === state) return;
  const now = core.timeline.now();
  conversation.state = state;
  conversation.date_updated = now;
  if (state === 'closed') releasePairs(core, conversation);
  if (state === 'active') {
    conversation.last_activity = now;
    startTimers(core, service, conversation);
  }
  tellConversation(core, service, conversation, 'updated');
  publishEvent(core, actor, {
    EventType: 'onConversationStateUpdated',
    service,
    conversation,
    params: stateParams(service, conversation, { from, at: now, reason }),
  });
}

export function releasePairs(core: Core, conversation: Conversation): void {
  for (const { messaging_binding: binding } of conversation.participants.items) {
    if (binding?.address === undefined || binding.proxy_address === undefined) continue;
    const key = pairKey(binding.address, binding.proxy_address);
    if (core.state.pairs.get(key)?.conversation_sid === conversation.sid) core.state.pairs.delete(key);
  }
}

/**
 * Lets a conversation's timers run. Each waits for the moment that was due when it was set; if something was said
 * meanwhile, it waits again.
 */
export function startTimers(core: Core, service: Service, conversation: Conversation): void {
  if (conversation.state === 'initializing') setUp(core, service, conversation);
  conversation.timers = { ...conversation.timers };
  waitFor(core, service, conversation, 'inactive');
  waitFor(core, service, conversation, 'closed');
}

/** Twilio makes the members of a group in the background; until then nothing can be sent or changed. */
function setUp(core: Core, service: Service, conversation: Conversation): void {
  const { initializingMs } = core.settings;
  if (initializingMs === null) return;
  core.timeline.after(conversation.last_activity + initializingMs - core.timeline.now(), () => {
    const alive = service.conversations.get(conversation.sid) === conversation;
    if (!alive || conversation.state !== 'initializing') return;
    moveTo(core, service, conversation, 'active', 'EVENT', systemActor);
  });
}

function waitFor(
  core: Core,
  service: Service,
  conversation: Conversation,
  timer: 'inactive' | 'closed',
): void {
  const { timers } = conversation;
  const duration = timers[timer];
  const ms = duration === null ? 0 : (parseDuration(duration) ?? 0);
  if (ms === 0) return;
  core.timeline.after(conversation.last_activity + ms - core.timeline.now(), () => {
    const alive = service.conversations.get(conversation.sid) === conversation;
    // Changed timers are a new object and wait for themselves.
    if (!alive || conversation.state === 'closed' || conversation.timers !== timers) return;
    if (core.timeline.now() < conversation.last_activity + ms)
      return waitFor(core, service, conversation, timer);
    if (timer === 'inactive' && conversation.state !== 'active') return;
    moveTo(core, service, conversation, timer, 'TIMER', systemActor);
  });
}
