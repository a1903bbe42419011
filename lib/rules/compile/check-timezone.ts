import { show } from './shapes.ts';
import { nearest } from './suggest.ts';

const WRITE = 'Write a place, such as Europe/Berlin or America/New_York, or UTC.';
/** Renamed since; Intl takes the new names, and lists the old ones. */
const NEW_NAMES = [
  'Asia/Kolkata',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Yangon',
  'Europe/Kyiv',
  'America/Argentina/Buenos_Aires',
  'America/Nuuk',
];

/**
 * What is wrong with the name of a time zone, or undefined. It is that of a place or UTC. Intl takes more: distances
 * from UTC, which know no summer time, and abbreviations, of which some mean what nobody expects (BST is Dhaka).
 */
export function checkTimezone(given: unknown): string | undefined {
  if (typeof given !== 'string') return `This must be the name of a time zone, not ${show(given)}. ${WRITE}`;
  const known = resolve(given);
  if (known !== undefined && (given.includes('/') || /^(?:utc|gmt)$/i.test(given))) return undefined;
  if (known === undefined) return `${show(given)} is not a time zone. ${WRITE}${suggestZone(given)}`;
  // Singapore, Japan: names of places, but of before there was a system.
  const place = /^[A-Z][a-z]{3,}$/.test(given) ? ` Did you mean "${known}"?` : '';
  return `${show(given)} does not say where, and so not when summer time begins. ${WRITE}${place}`;
}

/** The name by which Intl calls it. */
function resolve(timezone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function suggestZone(given: string): string {
  const written = given.trim().replaceAll(' ', '_');
  const zones = [...NEW_NAMES, ...Intl.supportedValuesOf('timeZone')];
  const ofPlace = zones.find((zone) => placeOf(zone) === placeOf(written));
  const inRegion = zones.filter((zone) => regionOf(zone) === regionOf(written));
  const near = nearest(placeOf(written), (inRegion.length > 0 ? inRegion : zones).map(placeOf));
  const best = ofPlace ?? zones.find((zone) => placeOf(zone) === near);
  return best === undefined ? '' : ` Did you mean "${best}"?`;
}

function regionOf(zone: string): string {
  return zone.slice(0, Math.max(0, zone.indexOf('/'))).toLowerCase();
}

/** The city, without the part of the world before it. */
function placeOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).toLowerCase();
}
