import type { ReconcilePorts } from '../../lib/reconcile/reconcile-ports.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { manualClock } from '../contract/manual-clock.ts';
import { silentLog } from '../support/silent-log.ts';

/** What is the same for all who need no other: one service of an empty Twilio, and two minutes of time. */
export const PLAIN = {
  queue: { send: async () => undefined },
  list: async function* () {},
  readParticipant: async () => undefined,
  accountSid: `AC${'1'.repeat(32)}`,
  checksWiring: true,
  isOff: false,
  botAuthor: 'parley',
  agents: { identities: [], roleSids: [] },
  programs: { identities: [], roleSids: [] },
  maxAgeMs: 3_600_000,
  asked: 'schedule',
  remainingMs: () => 120_000,
} as const satisfies Partial<ReconcilePorts>;

/** What one part of the reconciler needs: an empty table, a Twilio without messages, and two minutes of time. */
export function quietPorts(over: Partial<ReconcilePorts> = {}) {
  const clock = manualClock();
  const log = silentLog();
  const store = createMemoryStore({ clock });
  const ports: ReconcilePorts = {
    store,
    clock,
    log,
    ...PLAIN,
    listConversations: () => Promise.reject(new Error('not asked here')),
    fetchWebhooks: () => Promise.reject(new Error('not asked here')),
    serviceSids: ['IS1'],
    publicUrls: [],
    deployment: 'this one',
    ...over,
  };
  /** The reasons under which something was counted. */
  const counted = (metric: string) => log.lines.filter((line) => metric in line).map(({ reason }) => reason);
  return { ports, clock, store, log, counted };
}
