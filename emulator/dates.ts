/** As REST prints dates: `2015-12-16T22:18:37Z`, without milliseconds. */
export function restDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** As webhooks print dates: with milliseconds. */
export function webhookDate(ms: number): string {
  return new Date(ms).toISOString();
}

const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/;

/** @returns milliseconds since the epoch, or undefined when `text` is not an ISO 8601 date and time. */
export function parseDate(text: string): number | undefined {
  if (!ISO_8601.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Longer than this no conversation lives, and dates that far ahead still print. */
const LONGEST_MS = 100 * 365 * 24 * 3_600_000;

/** @returns milliseconds, or undefined when `text` is not an ISO 8601 duration of days, hours, minutes and seconds. */
export function parseDuration(text: string): number | undefined {
  const found = DURATION.exec(text);
  if (found === null || text === 'P' || text.endsWith('T')) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  const ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return ms <= LONGEST_MS ? ms : undefined;
}
