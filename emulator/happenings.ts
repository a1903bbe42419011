import type { Fault } from './faults/fault.ts';

/** Everything that can be watched, in the order it happened; what the page and `npm run say -- --json` are made of. */
export type Happening =
  | RequestHappening
  | WebhookSent
  | WebhookAnswered
  | ResourceHappening
  | { readonly kind: 'fault'; readonly change: 'applied' | 'armed' | 'removed'; readonly fault: Fault }
  | { readonly kind: 'time'; readonly frozen: boolean }
  | { readonly kind: 'token'; readonly change: 'secondary-created' | 'promoted' }
  /** A saved state took the place of everything; what is in it is told as added. */
  | { readonly kind: 'loaded' }
  /** An error in this service itself. Tests fail on it. */
  | { readonly kind: 'defect'; readonly error: string };

/** One REST request, told when it has been answered (or when a fault decided that it never will be). */
export interface RequestHappening {
  readonly kind: 'request';
  readonly id: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Name of the route, as `messages.create`; undefined when there is none. */
  readonly operation: string | undefined;
  /** Lower-case names, without `authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly form: readonly (readonly [name: string, value: string])[];
  readonly status: number;
  /** The parsed JSON answer; undefined when it is none. */
  readonly answer: unknown;
  /** The fault that shaped the answer. */
  readonly fault: string | undefined;
  readonly transport: 'answered' | 'reset' | 'hang' | 'drip';
}

export interface WebhookSent {
  readonly kind: 'webhook.sent';
  readonly id: string;
  readonly event: string;
  readonly phase: 'pre' | 'post';
  readonly level: 'account' | 'service' | 'conversation';
  readonly attempt: number;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly params: readonly (readonly [name: string, value: string])[];
}

export interface WebhookAnswered {
  readonly kind: 'webhook.answered';
  readonly id: string;
  readonly event: string;
  readonly attempt: number;
  /** `dropped`: a fault kept it from being sent. */
  readonly outcome: 'answered' | 'timeout' | 'unreachable' | 'dropped';
  readonly status: number | undefined;
  readonly body: string;
}

/** A resource of Twilio's, as REST would show it, whenever it changes. */
export interface ResourceHappening {
  readonly kind: 'message' | 'conversation' | 'participant' | 'receipt' | 'user';
  readonly change: 'added' | 'updated' | 'removed';
  readonly resource: Readonly<Record<string, unknown>>;
  /** How a template was rendered for the channel, for messages that came from one. */
  readonly content?: unknown;
}

/** A happening with its place in the stream and the world's time in milliseconds since the epoch. */
export type Told = Happening & { readonly seq: number; readonly at: number };

export type Listener = (happening: Told) => void;

export interface Happenings {
  tell(happening: Happening): void;
  /** @returns ends the subscription */
  subscribe(listener: Listener): () => void;
  /** What happened after `seq`, as far back as is kept. */
  since(seq: number): readonly Told[];
}

const KEPT = 5000;

export function createHappenings(now: () => number): Happenings {
  const listeners = new Set<Listener>();
  const kept: Told[] = [];
  let seq = 0;

  function tell(happening: Happening): void {
    seq += 1;
    const told: Told = { ...happening, seq, at: now() };
    kept.push(told);
    // Halved now and then instead of shifted each time: telling stays cheap under load.
    if (kept.length > 2 * KEPT) kept.splice(0, KEPT);
    for (const listener of listeners) {
      try {
        listener(told);
      } catch (error) {
        // Whoever watches must not break what they watch; a watcher that fails on this too is past help.
        if (happening.kind !== 'defect')
          tell({ kind: 'defect', error: `a listener failed: ${String(error)}` });
      }
    }
  }

  return {
    tell,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    since: (after) => {
      const first = kept.findIndex((told) => told.seq > after);
      return first === -1 ? [] : kept.slice(first);
    },
  };
}
