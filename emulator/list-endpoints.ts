import { CONTROL_ROUTES } from './control/control-routes.ts';
import { ROUTES } from './routes.ts';

/** One thing that can be asked for. */
export interface Endpoint {
  readonly method: string;
  /** `:Name` takes one segment. */
  readonly path: string;
  /** What it is for; of Twilio's endpoints, what faults and happenings call it. */
  readonly about: string;
}

/**
 * Everything that the service answers, from the tables by which it does: Twilio's REST API, which needs credentials, and
 * the control interface, which does not.
 */
export function listEndpoints(): {
  readonly rest: readonly Endpoint[];
  readonly control: readonly Endpoint[];
} {
  return {
    rest: ROUTES.map(({ method, path, operation }) => ({ method, path, about: operation })),
    control: CONTROL_ROUTES.map(({ method, path, about }) => ({ method, path, about })),
  };
}
