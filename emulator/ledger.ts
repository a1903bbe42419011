export interface Listing<T> {
  /** Ascending; never reused after a removal. */
  readonly ordinals: readonly number[];
  /** `items[n]` has the ordinal `ordinals[n]`. */
  readonly items: readonly T[];
}

/**
 * Things in the order they came, found by SID. Each gets an ordinal that is never given again, which is what a
 * message's `index` is and what a PageToken points at: a page costs the same wherever it starts, and stays
 * right when things before it are removed.
 */
export class Ledger<T extends { readonly sid: string }> implements Listing<T> {
  readonly ordinals: number[] = [];
  readonly items: T[] = [];
  readonly #ordinalOf = new Map<string, number>();
  #next = 0;

  /** The ordinal that the next `add` will give. */
  get nextOrdinal(): number {
    return this.#next;
  }

  get size(): number {
    return this.items.length;
  }

  add(item: T): T {
    this.#insert(this.#next, item);
    return item;
  }

  get(sid: string): T | undefined {
    const ordinal = this.#ordinalOf.get(sid);
    return ordinal === undefined ? undefined : this.items[positionOf(this.ordinals, ordinal)];
  }

  remove(sid: string): void {
    const ordinal = this.#ordinalOf.get(sid);
    if (ordinal === undefined) return;
    const position = positionOf(this.ordinals, ordinal);
    this.ordinals.splice(position, 1);
    this.items.splice(position, 1);
    this.#ordinalOf.delete(sid);
  }

  /** For saving: everything `restore` needs. */
  save(): { next: number; entries: [number, T][] } {
    return { next: this.#next, entries: this.items.map((item, n) => [this.ordinals[n] ?? 0, item]) };
  }

  restore(saved: { next: number; entries: readonly (readonly [number, T])[] }): this {
    for (const [ordinal, item] of saved.entries) this.#insert(ordinal, item);
    this.#next = saved.next;
    return this;
  }

  #insert(ordinal: number, item: T): void {
    this.ordinals.push(ordinal);
    this.items.push(item);
    this.#ordinalOf.set(item.sid, ordinal);
    this.#next = ordinal + 1;
  }
}

/** The part of `listing` that `keep` accepts, with the ordinals it had. */
export function filterListing<T>(listing: Listing<T>, keep: (item: T) => boolean): Listing<T> {
  const ordinals: number[] = [];
  const items = listing.items.filter((item, n) => {
    if (!keep(item)) return false;
    ordinals.push(listing.ordinals[n] ?? 0);
    return true;
  });
  return { ordinals, items };
}

/** The first position whose ordinal is not below `ordinal`; the length when there is none. */
export function positionOf(ordinals: readonly number[], ordinal: number): number {
  let low = 0;
  let high = ordinals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordinals[middle] ?? 0) < ordinal) low = middle + 1;
    else high = middle;
  }
  return low;
}
