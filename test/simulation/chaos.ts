import type { FaultInput } from '../../emulator/index.ts';
import type { Random } from '../../lib/ports.ts';
import type { FaultLoad } from './fault-load.ts';

/** What may go wrong with one call of a process to the world outside. */
export type CallFault =
  | { readonly kind: 'crash'; readonly when: 'before' | 'after' }
  | { readonly kind: 'fail'; readonly when: 'before' | 'after' }
  | { readonly kind: 'stall'; readonly when: 'before' | 'after'; readonly ms: number };

/** What may go wrong with one request to Twilio: nobody listens, or whatever the local service can act out. */
export type TwilioFault = 'refused' | FaultInput;

export type ProcessName = 'receive' | 'reply' | 'reconcile';

/** Decides, call by call, what goes wrong: by chance, or by the number of the call (enumerate.ts). */
export interface Chaos {
  /** @param failing false for HTTP, whose failures are Twilio's */
  atCall(process: ProcessName, failing: boolean): CallFault | undefined;
  atRequest(process: ProcessName, method: string): TwilioFault | undefined;
}

const STALL_MS = 420_000;

/** By chance, in the shares that `load` gives at the moment. What is armed in the local service comes on top. */
export function chanceOf(random: Random, load: () => FaultLoad): Chaos {
  return {
    atCall: (_process, failing) => {
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
