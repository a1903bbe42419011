import type { Counted } from '../../lib/metrics.ts';
import type { LookState } from '../../lib/reconcile/look-state.ts';
import { reconcile } from '../../lib/reconcile/reconcile.ts';
import type { ReconcilePorts } from '../../lib/reconcile/reconcile-ports.ts';
import { LOOKS_KEY } from '../../lib/record/keys.ts';
import { RejectedError, ServerError } from '../../lib/twilio/twilio-errors.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { silentLog } from '../support/silent-log.ts';
import { PLAIN } from './quiet-ports.ts';

const hex = (digit: string) => digit.repeat(32);

export const START = Date.UTC(2026, 10, 20, 12, 7);
export const MINUTE = 60_000;
export const [FIRST, SECOND] = [`IS${hex('2')}`, `IS${hex('7')}`];
export const OURS = 'https://bot.example.com/hook';
export const OTHERS = 'https://other.example.com/hook';

/** Webhooks as Twilio describes them. */
export const webhooksTo = (post_webhook_url: string | null, filters: string[] | null = null) => ({
  pre_webhook_url: null,
  post_webhook_url,
  method: 'POST',
  filters,
});
export const refused = () => new RejectedError({ status: 403 }, false);
export const failed = () => new ServerError({ status: 503 });
export const NO_PAGE = { conversations: [], next: undefined };

/** What the reconciler works with, one service without conversations. A test changes what it is about. */
export function barePorts(changes: Partial<ReconcilePorts> = {}) {
  const time = { now: START };
  const clock = { now: () => time.now, sleep: async () => undefined };
  const log = silentLog();
  const memory = createMemoryStore({ clock });
  const ports: ReconcilePorts = {
    ...PLAIN,
    store: memory,
    listConversations: async () => NO_PAGE,
    fetchWebhooks: async () => webhooksTo(OURS),
    serviceSids: [FIRST],
    publicUrls: [OURS],
    deployment: 'one',
    clock,
    log,
    ...changes,
  };
  return {
    ports,
    time,
    memory,
    lines: log.lines,
    run: (more: Partial<ReconcilePorts> = {}) => reconcile({ ...ports, ...more }),
    /** With which reasons something was counted, one for each time. */
    reasons: (counted: Counted) => log.lines.flatMap((line) => (counted in line ? [line['reason']] : [])),
    state: async () => (await memory.get<LookState>(LOOKS_KEY))?.value,
    /** As a run before left it. */
    leave: async (value: LookState) => {
      const version = (await memory.get(LOOKS_KEY))?.version;
      const item = { version: (version ?? 0) + 1, expiresAt: time.now / 1_000 + 86_400, value };
      await memory.put(LOOKS_KEY, item, version);
    },
  };
}

/** Of a run before that did all it had to, a minute ago. */
export const DONE: LookState = {
  heldUntil: 0,
  deployment: 'one',
  deployedAt: START - 60 * MINUTE,
  lookedAt: START - MINUTE,
  signs: [],
  services: {},
};

/** The same, and a round is due. */
export const DUE: LookState = { ...DONE, lookedAt: START - 5 * MINUTE };
