import type { FaultInput } from '../../emulator/index.ts';
import type { HttpRequest, Random } from '../../lib/ports.ts';
import type { FaultLoad } from './fault-load.ts';

/** What may go wrong with one call of a process to the world outside. */
export type CallFault =
  | { readonly kind: 'crash'; readonly when: 'before' | 'after' }
  | { readonly kind: 'fail'; readonly when: 'before' | 'after' }
  | { readonly kind: 'stall'; readonly when: 'before' | 'after'; readonly ms: number };

/** What may go wrong with one request to Twilio: nobody listens, or whatever the local service can act out. */
export type TwilioFault = 'refused' | FaultInput | ProxyAnswer;

/** Somebody between us and Twilio answers in HTML, before or after Twilio did what was asked. */
export interface ProxyAnswer {
  readonly kind: 'proxy';
  readonly status: number;
  readonly when: 'before' | 'after';
}

export type ProcessName = 'receive' | 'reply' | 'reconcile';

/** Decides, call by call, what goes wrong: by chance, or by the number of the call (enumerate.ts). */
export interface Chaos {
  atCall(call: OneCall): CallFault | undefined;
  atRequest(process: Caller, request: HttpRequest): TwilioFault | undefined;
}

/** The process that calls: the same object each time. */
export interface Caller {
  readonly name: ProcessName;
  /** What it has read the record of last: an event's key. */
  readonly subject?: string | undefined;
}

/** One call of a process to the world outside. */
export interface OneCall {
  readonly process: Caller;
  /** As `put onMessageAdded|IM…`. */
  readonly name: string;
  /** False for HTTP, whose failures are Twilio's. */
  readonly failing: boolean;
}

const STALL_MS = 420_000;

/** By chance, in the shares that `load` gives at the moment. What is armed in the local service comes on top. */
export function chanceOf(random: Random, load: () => FaultLoad): Chaos {
  return {
    atCall: ({ failing }) => {
      const { crash, portBefore, portAfter, stall } = load();
      const draw = (share: number) => share > 0 && random() < share;
      if (draw(crash)) return { kind: 'crash', when: 'before' };
      if (failing && draw(portBefore)) return { kind: 'fail', when: 'before' };
      if (draw(crash)) return { kind: 'crash', when: 'after' };
      if (failing && draw(portAfter)) return { kind: 'fail', when: 'after' };
      if (!draw(stall)) return undefined;
      // A process that freezes between its last look at the clock and the bytes of a POST cannot be fenced by
      // anybody: Twilio knows no idempotency key. After the answer it can.
      return { kind: 'stall', when: failing && random() < 0.5 ? 'before' : 'after', ms: random() * STALL_MS };
    },
    atRequest: () => {
      const { refused } = load();
      return refused > 0 && random() < refused ? 'refused' : undefined;
    },
  };
}
