import { createOutside, type Outside } from '../../lib/handlers/outside.ts';
import type { Clock, HttpClient } from '../../lib/ports.ts';
import { createHttpClient } from '../../lib/twilio/http-client.ts';

/** What a service answers; JSON, unless its body is a text. */
export interface ServiceAnswer {
  /** @default 200 */
  readonly status?: number;
  readonly body?: unknown;
}

/** Stands in for a service that handlers ask. */
export type StandIn = (request: {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}) => ServiceAnswer | Promise<ServiceAnswer>;

/** By origin, such as `https://shop.example`. */
export type StandIns = Readonly<Record<string, StandIn>>;

const MAX_ANSWER_BYTES = 1024 * 1024;

/** What handlers ask in the local world: those that stand in for services, and whatever else can be reached, this machine too. */
export function standInServices(clock: Pick<Clock, 'now'>, standIns: () => StandIns): Outside {
  return createOutside({
    ownMachine: true,
    connect: (origin) => {
      const open = createHttpClient({ origin, clock, maxResponseBytes: MAX_ANSWER_BYTES }).send;
      return (request) => {
        const known = standIns();
        const standIn = Object.hasOwn(known, origin) ? known[origin] : undefined;
        return standIn === undefined ? open(request) : askStandIn(standIn, request);
      };
    },
  });
}

async function askStandIn(standIn: StandIn, request: Parameters<HttpClient>[0]) {
  const { status = 200, body } = await standIn(request);
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: {}, body: text };
}
