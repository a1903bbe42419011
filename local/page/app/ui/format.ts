/** `23:39:34` */
export function formatTime(at: number): string {
  return TIME.format(at);
}

/** `23:39` */
export function formatMinute(at: number): string {
  return MINUTE.format(at);
}

/** `Fri 20 Nov 2026` */
export function formatDay(at: number): string {
  return DAY.format(at);
}

/** `17:00`, on another day than today `Sat 21 Nov, 17:00`. */
export function formatUntil(at: number, now: number): string {
  const minute = formatMinute(at);
  return formatDay(at) === formatDay(now) ? minute : `${SHORT_DAY.format(at)}, ${minute}`;
}

/** `just now`, `1 minute ago`, `12 minutes ago`, `2 hours ago` */
export function formatAgo(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${formatCount(minutes, 'minute')} ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? `${formatCount(hours, 'hour')} ago`
    : `${formatCount(Math.floor(hours / 24), 'day')} ago`;
}

const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const MINUTE = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

/** How much later something was: `+12 ms`, `+1.5 s`, `+2 min`, `+1 h 5 min`. */
export function formatLater(ms: number): string {
  if (ms < 0) return `−${formatLater(-ms).slice(1)}`;
  if (ms < 1000) return `+${Math.round(ms)} ms`;
  if (ms < 60_000) return `+${Math.round(ms / 100) / 10} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `+${minutes} min`;
  return `+${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The one in which this page tells the time: `Europe/Berlin`. */
export const ZONE = TIME.resolvedOptions().timeZone;

const UNITS: readonly (readonly [name: string, ms: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** A time to wait, rounded up in a unit that is not too coarse: `61 seconds`, `10 minutes`, `25 hours`. */
export function formatSpan(ms: number): string {
  const [name, length] = UNITS.find(([, unit]) => ms >= 2 * unit) ?? (['second', 1_000] as const);
  return formatCount(Math.ceil(ms / length), name);
}

/** An Author as people write it: `+1 555 010 0001` for `whatsapp:+15550100001`. */
export function formatName(author: string): string {
  const number = /^(?:\w+:)?\+1(\d{3})(\d{3})(\d{4})$/.exec(author);
  if (number !== null) return `+1 ${number[1]} ${number[2]} ${number[3]}`;
  return author.replace(/^(whatsapp|sms|rcs|messenger):/, '');
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
}

/** `1 rule`, `2 rules` */
export function formatCount(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
