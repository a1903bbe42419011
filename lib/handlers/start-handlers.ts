import type { Clock } from '../ports.ts';
import { createHttpClient } from '../twilio/http-client.ts';
import { type Caller, type CallerPorts, createCaller } from './create-caller.ts';
import type { Handlers } from './define-handlers.ts';
import { createOutside, type Outside } from './outside.ts';
import { lookupElsewhere } from './own-machine.ts';

export interface StartPorts extends Pick<CallerPorts, 'clock' | 'log' | 'leftErrors'> {
  /** Undefined where the bot has none. */
  readonly handlers: Handlers | undefined;
  /** What they ask. @default any host but this machine */
  readonly outside?: Outside | undefined;
}

const MAX_ANSWER_BYTES = 1024 * 1024;

/** What calls the handlers of a bot; left out of the bundles of bots that have none (build/leave-out-unused.ts). */
export function startHandlers({ handlers, outside, ...ports }: StartPorts): Caller | undefined {
  return (
    handlers && createCaller({ ...ports, handlers, outside: outside ?? openOutside(ports.clock, false) })
  );
}

/** @param ownMachine whether this machine may be asked, as in the local world */
export function openOutside(clock: Pick<Clock, 'now'>, ownMachine: boolean): Outside {
  const lookup = ownMachine ? {} : { lookup: lookupElsewhere };
  return createOutside({
    ownMachine,
    connect: (origin) =>
      createHttpClient({ origin, clock, maxResponseBytes: MAX_ANSWER_BYTES, ...lookup }).send,
  });
}
