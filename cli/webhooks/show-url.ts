/** A URL without what may be somebody's secret: a password, and the values of its query. */
export function showUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) return '(not a URL)';
  const query = url.search === '' ? '' : '?…';
  return `${url.protocol}//${url.host}${url.pathname}${query}`;
}
