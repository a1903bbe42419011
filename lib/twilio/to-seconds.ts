/** A date to the second and in UTC, as Twilio's own library writes it: `2026-11-20T12:00:00Z`. */
export function toSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
