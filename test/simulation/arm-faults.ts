import type { ConversationsService, FaultInput } from '../../emulator/index.ts';
import type { FaultLoad } from './fault-load.ts';

/** Makes the local service fail in the shares of `load`, until its faults are cleared. */
export function armFaults({ faults }: Pick<ConversationsService, 'faults'>, load: FaultLoad): void {
  const add = (share: number, fault: FaultInput) => {
    if (share > 0) faults.arm({ ...fault, times: null, share });
  };
  add(load.webhookDrop, { kind: 'webhook-drop' });
  add(load.webhookDuplicate, { kind: 'webhook-duplicate', copies: 2 });
  add(load.webhookDelay, { kind: 'webhook-delay', ms: 40_000 });
  add(load.webhookReorder, { kind: 'webhook-reorder', holdMs: 5_000 });
  add(load.rateLimit, { kind: 'rate-limit' });
  add(load.rateLimit / 2, { kind: 'rate-limit', retryAfterSeconds: 3 });
  add(load.errorBefore, { kind: 'error', code: 20500, when: 'before' });
  add(load.errorAfter, { kind: 'error', code: 20500, when: 'after' });
  add(load.resetBefore, { kind: 'reset', when: 'before' });
  add(load.resetAfter, { kind: 'reset', when: 'after' });
  add(load.timeoutNever, { kind: 'timeout', commit: 'never', commitAfterMs: 0 });
  // The protocol's promise: commits up to 30 s after the POST, lists that lag by 2 s.
  for (const commitAfterMs of [1_000, 9_000, 20_000, 30_000]) {
    add(load.timeoutLate / 4, {
      kind: 'timeout',
      commit: 'late',
      commitAfterMs,
      operation: 'messages.create',
    });
  }
  add(load.garbage, { kind: 'garbage', body: 'truncated' });
  add(load.parameter, { kind: 'webhook-parameter', name: 'BodyNote', value: 'new' });
  for (const operation of ['messages.fetch', 'participants.fetch', 'conversations.fetch']) {
    add(load.notFound, { kind: 'error', code: 20404, operation });
  }
  add(load.staleList, { kind: 'stale-list', lagMs: 2_000, operation: 'messages.list' });
}
