import type { Asked, Called } from '../../lib/handlers/create-caller.ts';
import { createCaller } from '../../lib/handlers/create-caller.ts';
import type { Clock } from '../../lib/ports.ts';
import type { Stated } from '../talk.ts';
import { SILENT } from './silent-log.ts';
import { StageError } from './stage-error.ts';

/** Handlers that return what a talk says of them. */
export interface StatedCalls {
  /** From here on. */
  readonly state: (stated: Readonly<Record<string, Stated>>) => void;
  readonly call: (asked: Asked) => Promise<Called>;
  /** @throws StageError where one was called of which the talk says nothing, or nothing that can be */
  readonly check: () => void;
}

/** What they return goes the way of what real ones do, so a talk cannot state what could not be done. */
export function stateCalls({ now }: Pick<Clock, 'now'>): StatedCalls {
  let known: Readonly<Record<string, Stated>> = {};
  let fault: string | undefined;
  const answer = async (asked: Asked): Promise<Called> => {
    const { handler } = asked;
    const stated = Object.hasOwn(known, handler) ? known[handler] : undefined;
    if (stated === undefined)
      fault =
        `The bot calls "${handler}" here, and the talk does not say what that returns. Write above: ` +
        `- call: { ${handler}: { text: … } } or - call: { ${handler}: fails }`;
    if (stated === undefined || stated === 'fails') return { handler, ended: 'thrown', ms: 0 };
    const handlers = { [handler]: () => stated };
    const called = await createCaller({ handlers, outside: askNobody, clock: { now, sleep }, log: SILENT })(
      asked,
    );
    if (called.ended !== 'returned') fault = `"${handler}" cannot return this. ${called.problem ?? ''}`;
    return called;
  };
  return {
    state: (stated) => {
      known = { ...known, ...stated };
    },
    call: answer,
    check: () => {
      if (fault !== undefined) throw new StageError(fault);
    },
  };
}

/** Nobody is late in a talk. */
const sleep = () => new Promise<never>(() => undefined);

const askNobody = () => Promise.reject(new StageError('A talk asks no service.'));
