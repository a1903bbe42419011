import type { CallFault, Chaos, ProcessName, TwilioFault } from './chaos.ts';

/** A place where something can go wrong: a call of a process, or the request to Twilio that it carries. */
export interface Site {
  readonly process: ProcessName;
  readonly kind: 'port' | 'exchange' | 'create' | 'read';
  /** What is called, without the SIDs in it. */
  readonly name: string;
}

/** One fault at the site with this number. */
export type Injection =
  | { readonly site: number; readonly call: CallFault }
  | { readonly site: number; readonly twilio: TwilioFault };

export interface InjectedChaos extends Chaos {
  /** In the order in which they were come to. */
  readonly sites: readonly Site[];
  /** Sites count from here on. */
  start(): void;
  /** Sites do not count any more. */
  stop(): void;
}

/** To whose calls something may go wrong; to those of a process that is not named, at each. */
export type Reach = Readonly<Partial<Record<ProcessName, 'never' | 'once by name'>>>;

/** Nothing goes wrong but `injections`. */
export function injected(injections: readonly Injection[], reach: Reach = {}): InjectedChaos {
  const sites: Site[] = [];
  let counting = false;
  const isReached = ({ process, kind, name }: Site): boolean => {
    if (reach[process] === 'never') return false;
    const isSame = (site: Site) => site.process === process && site.kind === kind && site.name === name;
    return reach[process] === undefined || !sites.some(isSame);
  };
  const comeTo = (site: Site): Injection | undefined => {
    if (!counting || !isReached(site)) return undefined;
    sites.push(site);
    return injections.find((injection) => injection.site === sites.length - 1);
  };
  return {
    sites,
    start: () => {
      counting = true;
    },
    stop: () => {
      counting = false;
    },
    atCall: ({ process, name, failing }) => {
      const kind = failing ? 'port' : 'exchange';
      const call = failing ? withoutSids(name) : name.replace(/ .*/, '');
      const injection = comeTo({ process: process.name, kind, name: call });
      return injection !== undefined && 'call' in injection ? injection.call : undefined;
    },
    atRequest: ({ name: process }, { method, path }) => {
      const kind = method === 'POST' ? 'create' : 'read';
      const injection = comeTo({ process, kind, name: `${method} ${withoutSids(path)}` });
      return injection !== undefined && 'twilio' in injection ? injection.twilio : undefined;
    },
  };
}

/** `put onMessageAdded|IM…`, `…/Conversations/CH…/Messages`: the same name for whatever it is about. */
function withoutSids(name: string): string {
  return name.replace(/\?.*/, '').replace(/\b([A-Z]{2})[0-9a-f]{32}\b/g, '$1…');
}

/** The process dies at its first call in each of the first `deliveries` deliveries; then `chaos` takes over. */
export function afterDeaths(deliveries: number, chaos: Chaos, begin: () => void): Chaos {
  let left = deliveries;
  if (left === 0) begin();
  return {
    ...chaos,
    atCall: (call) => {
      if (left === 0 || call.process.name !== 'reply') return chaos.atCall(call);
      left -= 1;
      if (left === 0) begin();
      return { kind: 'crash', when: 'before' };
    },
  };
}

const CRASHES = [
  { kind: 'crash', when: 'before' },
  { kind: 'crash', when: 'after' },
] as const;
const FAILURES = [
  { kind: 'fail', when: 'before' },
  { kind: 'fail', when: 'after' },
] as const;
/** Longer than the queue hides a message. */
const STALL_MS = 200_000;

const ON_EVERY_REQUEST: readonly TwilioFault[] = [
  'refused',
  { kind: 'rate-limit' },
  { kind: 'rate-limit', retryAfterSeconds: 3 },
  { kind: 'error', code: 20500, when: 'before' },
  { kind: 'reset', when: 'before' },
  { kind: 'timeout', commit: 'never', commitAfterMs: 0 },
  { kind: 'garbage', body: 'truncated' },
  { kind: 'garbage', body: 'html' },
];
const ON_CREATE: readonly TwilioFault[] = [
  { kind: 'error', code: 20500, when: 'after' },
  { kind: 'reset', when: 'after' },
  { kind: 'timeout', commit: 'at-once' },
  ...[1, 1_000, 9_000, 20_000, 30_000].map(
    (commitAfterMs) => ({ kind: 'timeout', commit: 'late', commitAfterMs }) as const,
  ),
];
const ON_READ: readonly TwilioFault[] = [{ kind: 'stale-list', lagMs: 2_000 }];

/** Everything that can go wrong at a site. */
export function faultsAt(site: number, { kind }: Site): readonly Injection[] {
  switch (kind) {
    case 'port':
      return [
        ...CRASHES,
        ...FAILURES,
        { kind: 'stall', when: 'before', ms: STALL_MS } as const,
        { kind: 'stall', when: 'after', ms: STALL_MS } as const,
      ].map((call) => ({ site, call }));
    case 'exchange':
      return [...CRASHES, { kind: 'stall', when: 'after', ms: STALL_MS } as const].map((call) => ({
        site,
        call,
      }));
    case 'create':
      return [...ON_EVERY_REQUEST, ...ON_CREATE].map((twilio) => ({ site, twilio }));
    case 'read':
      return [...ON_EVERY_REQUEST, ...ON_READ].map((twilio) => ({ site, twilio }));
  }
}
