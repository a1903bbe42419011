import { type Answer, type Call, ok } from './call.ts';
import type { Core } from './core.ts';
import { type Listing, positionOf } from './ledger.ts';
import { RefusalError } from './refusal-error.ts';

export interface PagingOptions<T> {
  /** The name of the array, and `meta.key`. */
  readonly key: string;
  readonly listing: Listing<T>;
  readonly show: (item: T) => unknown;
  /** Largest PageSize. The default is 50, or this when it is smaller. */
  readonly maximum: number;
  readonly order?: 'asc' | 'desc';
}

/**
 * One page of a list, the way Twilio pages: `PageToken` says where it starts (here an ordinal), `Page` is only
 * echoed, and a client follows `meta.next_page_url` as it stands.
 * @see https://www.twilio.com/docs/usage/twilios-response#paging
 */
export function answerPage<T>(core: Core, call: Call, options: PagingOptions<T>): Answer {
  const { listing, order = 'asc' } = options;
  const size = readPageSize(core, call, options.maximum);
  const page = readWhole(call, 'Page') ?? 0;
  const token = readToken(call);
  const at = order === 'asc' ? ascending(listing, size, token) : descending(listing, size, token);
  const link = (number: number, start?: number) => pageUrl(call, size, number, start);
  return ok({
    meta: {
      page,
      page_size: size,
      first_page_url: link(0),
      previous_page_url: at.previous === undefined ? null : link(Math.max(0, page - 1), at.previous),
      url: link(page, token),
      next_page_url: at.next === undefined ? null : link(page + 1, at.next),
      key: options.key,
    },
    [options.key]: at.items.map(options.show),
  });
}

interface Slice<T> {
  readonly items: readonly T[];
  /** Ordinals that the neighbouring pages start at. */
  readonly next: number | undefined;
  readonly previous: number | undefined;
}

function ascending<T>({ ordinals, items }: Listing<T>, size: number, token: number | undefined): Slice<T> {
  const start = token === undefined ? 0 : positionOf(ordinals, token);
  return {
    items: items.slice(start, start + size),
    next: ordinals[start + size],
    previous: start === 0 ? undefined : ordinals[Math.max(0, start - size)],
  };
}

function descending<T>({ ordinals, items }: Listing<T>, size: number, token: number | undefined): Slice<T> {
  const end = token === undefined ? ordinals.length : positionOf(ordinals, token + 1);
  return {
    items: items.slice(Math.max(0, end - size), end).reverse(),
    next: ordinals[end - size - 1],
    previous: end === ordinals.length ? undefined : ordinals[Math.min(ordinals.length, end + size) - 1],
  };
}

function readPageSize(core: Core, call: Call, maximum: number): number {
  const size = readWhole(call, 'PageSize') ?? Math.min(50, maximum);
  if (size === 0) throw new RefusalError(20001, 'Invalid parameter: PageSize must be at least 1');
  if (size <= maximum) return size;
  if (core.settings.pageSizeAboveMaximum === 'clamp') return maximum;
  throw new RefusalError(20001, `Invalid parameter: PageSize must be at most ${maximum}`);
}

function readWhole(call: Call, name: string): number | undefined {
  const text = call.query.get(name);
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new RefusalError(20001, `Invalid parameter: ${name} must be a whole number`);
}

function readToken(call: Call): number | undefined {
  const text = call.query.get('PageToken');
  if (text === null || text === '') return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new RefusalError(19038);
}

/** Keeps the list's own parameters (Order, State, Address…) in front, as Twilio does. */
function pageUrl(call: Call, size: number, page: number, token: number | undefined): string {
  const query = new URLSearchParams(call.query);
  for (const name of ['PageSize', 'Page', 'PageToken']) query.delete(name);
  query.set('PageSize', String(size));
  query.set('Page', String(page));
  if (token !== undefined) query.set('PageToken', String(token));
  return `${call.origin}${call.path}?${query}`;
}
