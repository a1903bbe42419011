import type { Config } from '../../lib/config.ts';
import type { ApiKey, Clock, Random, Secret } from '../../lib/ports.ts';
import { apiOrigin, type Product } from '../../lib/twilio/api-origin.ts';
import { createHttpClient } from '../../lib/twilio/http-client.ts';
import { createTwilioApi, type TwilioApi } from '../../lib/twilio/request.ts';
import type { Stage } from './stage.ts';

export interface TwilioOfOptions {
  readonly config: Config<'reconcile'>;
  readonly apiKey: Secret<ApiKey>;
  readonly clock: Clock;
  readonly random: Random;
}

/** Twilio as the stage's own functions reach it, with its key, and every request counted. */
export function twilioOf(
  options: TwilioOfOptions,
): Pick<Stage, 'twilio' | 'twilioProduct' | 'requests' | 'close'> {
  const { TWILIO_API_URL: url, TWILIO_EDGE: edge, TWILIO_REGION: region } = options.config;
  const opened = new Map<string, { readonly api: TwilioApi; readonly close: () => Promise<void> }>();
  let requests = 0;

  function at(product: Product): TwilioApi {
    const origin = apiOrigin({ url, edge, region, product });
    const known = opened.get(origin);
    if (known !== undefined) return known.api;
    const client = createHttpClient({ origin, clock: options.clock });
    const api = createTwilioApi({
      ...options,
      origin,
      http: (request) => {
        requests += 1;
        return client.send(request);
      },
    });
    opened.set(origin, { api, close: client.close });
    return api;
  }

  return {
    twilio: at('conversations'),
    twilioProduct: at,
    requests: () => requests,
    close: async () => {
      await Promise.all([...opened.values()].map(({ close }) => close()));
    },
  };
}
