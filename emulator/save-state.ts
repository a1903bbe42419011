import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { parseJson } from '../lib/json.ts';
import type { Core } from './core.ts';
import { Ledger } from './ledger.ts';
import { startTimers } from './resources/conversation-states.ts';
import { advance } from './resources/delivery.ts';
import { tellConversation, tellMessage, tellParticipant, tellReceipt } from './resources/tell.ts';
import type { State } from './state.ts';
import { StateFileError } from './state-file-error.ts';

const fileSchema = z.object({
  format: z.literal('parley local service'),
  version: z.literal(1),
  /** Of `state`: a file that was edited or cut off is refused instead of breaking the service later. */
  sha256: z.string(),
  /** The world's time, milliseconds since the epoch. */
  now: z.number(),
  state: z.string(),
});

/** Everything the service knows, as text. Faults, settings and credentials are not in it. */
export function saveState(core: Pick<Core, 'state' | 'timeline'>): string {
  const state = JSON.stringify(core.state, pack);
  const file: z.output<typeof fileSchema> = {
    format: 'parley local service',
    version: 1,
    sha256: digest(state),
    now: core.timeline.now(),
    state,
  };
  return JSON.stringify(file);
}

/**
 * Puts a saved state in the place of what the service knows. Timers and receipts go on where they were; webhooks
 * that a fault held back are lost. Time moves forward to the saved one if it is behind.
 * @throws StateFileError
 */
export function loadState(core: Core, text: string): void {
  const file = fileSchema.safeParse(parseJson(text));
  if (!file.success || digest(file.data.state) !== file.data.sha256) {
    throw new StateFileError(
      'The state is not one that this service saved, or was changed since: save it again.',
    );
  }
  core.timeline.clear();
  const behind = file.data.now - core.timeline.now();
  if (behind > 0) core.timeline.move(behind);
  core.state = { ...(JSON.parse(file.data.state, unpack) as State), account_sid: core.state.account_sid };
  resume(core);
}

function resume(core: Core): void {
  core.happenings.tell({ kind: 'loaded' });
  for (const service of core.state.services.items) {
    for (const conversation of service.conversations.items) {
      startTimers(core, service, conversation);
      tellConversation(core, service, conversation, 'added');
      for (const participant of conversation.participants.items) {
        tellParticipant(core, service, conversation, participant, 'added');
      }
      for (const message of conversation.messages.items) {
        tellMessage(core, service, conversation, message, 'added');
        for (const receipt of message.receipts.items) {
          if (receipt.status !== 'queued') tellReceipt(core, service, conversation, message, receipt);
          const participant = conversation.participants.get(receipt.participant_sid);
          if (participant !== undefined)
            advance(core, { service, conversation, message, participant }, receipt);
        }
      }
    }
  }
}

function pack(_key: string, value: unknown): unknown {
  if (value instanceof Ledger) return { $ledger: value.save() };
  if (value instanceof Map) return { $map: [...value] };
  if (value instanceof Set) return { $set: [...value] };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  // JSON.stringify has already called a Buffer's own toJSON by now.
  if (isBuffer(value)) return { $bytes: Buffer.from(value.data).toString('base64') };
  return value;
}

function unpack(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const packed = value as { $ledger?: never; $map?: never; $set?: never; $bytes?: string };
  if (packed.$ledger !== undefined) return new Ledger().restore(packed.$ledger);
  if (packed.$map !== undefined) return new Map(packed.$map);
  if (packed.$set !== undefined) return new Set(packed.$set);
  if (packed.$bytes !== undefined) return new Uint8Array(Buffer.from(packed.$bytes, 'base64'));
  return value;
}

function isBuffer(value: unknown): value is { type: 'Buffer'; data: number[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'Buffer' &&
    'data' in value
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
