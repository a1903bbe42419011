import { HOME_REGION, PLACES } from '../places.ts';
import { DEFAULT_ORIGIN } from './api-origin.ts';
import { ForeignPageError } from './foreign-page-error.ts';

/**
 * The path and query of the page after this one, to be asked of the same origin.
 * @param url `meta.next_page_url`; null or empty on the last page, as for Twilio's own libraries
 * @param current The path and query of the page it came with.
 * @throws ForeignPageError for another host or resource, and for the very page it came with.
 */
export function nextPage(url: string | null, origin: string, current: string): string | undefined {
  if (!url) return undefined;
  const resource = current.replace(/\?.*$/s, '');
  const next = URL.parse(url);
  const path = next === null ? '' : `${next.pathname}${next.search}`;
  const same =
    next !== null &&
    sameOrigins(origin).includes(next.origin) &&
    next.username === '' &&
    next.pathname === resource &&
    path !== current;
  if (!same)
    throw new ForeignPageError(
      next === null ? '(no URL)' : `${next.origin}${next.pathname}`,
      `${origin}${resource}`,
    );
  return path;
}

/**
 * Twilio may name its plain host, or another of its own in the same region. What is asked is our own origin all the
 * same.
 */
function sameOrigins(origin: string): readonly string[] {
  if (!origin.endsWith('.twilio.com')) return [origin];
  const region = Object.keys(PLACES).find((name) => origin.endsWith(`.${name}.twilio.com`)) ?? HOME_REGION;
  const hosts = [region, ...(PLACES[region] ?? []).map((edge) => `${edge}.${region}`)];
  return [origin, DEFAULT_ORIGIN, ...hosts.map((host) => `https://conversations.${host}.twilio.com`)];
}
