import { HOME_REGION } from '../places.ts';

/** Where the Conversations API lives without an edge or region. */
export const DEFAULT_ORIGIN = 'https://conversations.twilio.com';

/** What of Twilio's is asked: each has a host of its own. */
export type Product = 'conversations' | 'monitor' | 'content' | 'messaging' | 'api' | 'webhooks';

/**
 * An API's origin: `conversations[.edge][.region].twilio.com`. An edge alone means the home region, as in Twilio's
 * own library; settings come with both or neither (places.ts).
 * https://www.twilio.com/docs/global-infrastructure/edge-locations
 */
export function apiOrigin({
  url,
  edge,
  region,
  product = 'conversations',
}: {
  /** Another origin altogether, such as the local service. */
  readonly url?: string | undefined;
  /** Such as `dublin`. */
  readonly edge?: string | undefined;
  /** Such as `ie1`. */
  readonly region?: string | undefined;
  readonly product?: Product | undefined;
} = {}): string {
  if (url !== undefined) return url;
  if (edge === undefined && region === undefined) return `https://${product}.twilio.com`;
  const labels = [product, ...(edge === undefined ? [] : [edge]), region ?? HOME_REGION];
  return `https://${labels.join('.')}.twilio.com`;
}
