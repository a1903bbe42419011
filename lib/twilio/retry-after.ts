const MAX_MS = 3_600_000;
/** Date.parse alone would take `in 7` for the month of July. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/**
 * The Retry-After header, in milliseconds from `now`, at most an hour: seconds or an HTTP date.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 * @returns undefined when it is absent or neither.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const wait = waitFor(value, now);
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), MAX_MS);
}

function waitFor(value: string | undefined, now: number): number {
  if (value?.match(/^\d{1,9}$/)) return Number(value) * 1000;
  return value?.match(HTTP_DATE) ? Date.parse(value) - now : Number.NaN;
}
