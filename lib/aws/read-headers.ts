type Headers = Readonly<Record<string, string>>;

/** Nothing of a request that was on its way for longer says what time it is now: the process stood still meanwhile. */
const LONGEST_MS = 900_000;

/**
 * How far AWS's clock is ahead of ours by the Date of an answer, in milliseconds; `offset` again where it does not say, or
 * where it comes out of a cache.
 */
export function correctedOffset(headers: Headers, offset: number, sentAt: number, now: number): number {
  const serverTime = Date.parse(headers['date'] ?? '');
  if (Number.isNaN(serverTime) || headers['age'] !== undefined || now - sentAt > LONGEST_MS) return offset;
  return serverTime - now;
}

/** How long AWS asks to be left alone, in milliseconds: a number of its own, or HTTP's seconds or date. */
export function askedToWait(headers: Headers, now: number): number | undefined {
  const own = Number(headers['x-amz-retry-after'] || Number.NaN);
  if (!Number.isNaN(own)) return own;
  const given = headers['retry-after'] ?? '';
  const ms = /^[\d.]+$/.test(given) ? Number(given) * 1_000 : Date.parse(given) - now;
  return Number.isNaN(ms) ? undefined : ms;
}
