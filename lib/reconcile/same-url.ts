/**
 * Whether Twilio would call the same place. What is never sent or always understood does not count: a fragment
 * (Twilio's connection overrides), a default port, the case of the host, user and password.
 */
export function isOneOf(urls: readonly string[], url: string): boolean {
  const place = placeOf(url);
  return urls.some((one) => placeOf(one) === place);
}

function placeOf(text: string): string {
  const url = URL.parse(text);
  return url === null ? text : `${url.origin}${url.pathname}${url.search}`;
}
