import { fixedSecret } from '../../lib/aws/secret.ts';
import type { Config } from '../../lib/config.ts';
import type { ApiKey, Clock, Random, Secret } from '../../lib/ports.ts';
import { apiOrigin, type Product } from '../../lib/twilio/api-origin.ts';
import { createHttpClient } from '../../lib/twilio/http-client.ts';
import { createTwilioApi } from '../../lib/twilio/request.ts';
import type { Stage } from './stage.ts';

export interface TwilioOfOptions {
  readonly config: Config<'reconcile'>;
  readonly apiKey: Secret<ApiKey>;
  readonly clock: Clock;
  readonly random: Random;
}

/** A person waits longer than a batch of messages does. */
const PATIENCE_MS = 30_000;

type HttpClientWithClose = ReturnType<typeof createHttpClient>;

/** Twilio as the stage's own functions reach it, with its key, and every request counted. */
export function twilioOf(
  options: TwilioOfOptions,
): Pick<Stage, 'twilio' | 'twilioProduct' | 'twilioAs' | 'requests' | 'close'> {
  const { TWILIO_API_URL: url, TWILIO_EDGE: edge, TWILIO_REGION: region } = options.config;
  const opened = new Map<string, HttpClientWithClose>();
  let requests = 0;

  function at(product: Product, apiKey = options.apiKey) {
    const origin = apiOrigin({ url, edge, region, product });
    const client = opened.get(origin) ?? createHttpClient({ origin, clock: options.clock });
    opened.set(origin, client);
    return createTwilioApi({
      ...options,
      apiKey,
      origin,
      timeoutMs: PATIENCE_MS,
      http: (request) => {
        requests += 1;
        return client.send(request);
      },
    });
  }

  return {
    twilio: at('conversations'),
    twilioProduct: (product) => at(product),
    twilioAs: (key, product = 'conversations') => at(product, fixedSecret(key)),
    requests: () => requests,
    close: async () => {
      await Promise.all([...opened.values()].map(({ close }) => close()));
    },
  };
}
