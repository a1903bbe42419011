import { isMap, isSeq, type Node, type Pair } from 'yaml';
import { findPair } from './number-words.ts';
import type { Follow, MaybeNode } from './yaml/read-aliases.ts';

/** Keys and list places from the top of a file down. */
export type Path = readonly (string | number)[];

/** The place in a list of what stands there without brackets: the path goes on from it. */
const ONLY = 0;

/** Offsets in the file's text. */
export interface Offsets {
  /** Where the last key of the path begins. */
  readonly key: number;
  /** Where its value begins; where there is none, where the key does. */
  readonly value: number;
}

/**
 * Where in what a file holds `path` leads. A path may name more than is there (a missing key, the only item of a list that
 * was written without brackets): then the nearest thing around it is the place.
 */
export function locate(contents: MaybeNode, path: Path, follow: Follow): Offsets {
  let node = contents;
  const top = startOf(node) ?? 0;
  let place: Offsets = { key: top, value: top };
  for (const step of path) {
    node = follow(node);
    if (isMap<Node, Node | null>(node)) {
      const pair: Pair<Node, Node | null> | undefined = findPair(node.items, step, follow);
      if (pair === undefined && step === ONLY) continue;
      if (pair === undefined) return place;
      const key = startOf(pair.key) ?? place.value;
      place = { key, value: startOf(pair.value) ?? key };
      node = pair.value;
    } else if (isSeq<Node>(node)) {
      node = node.items[Number(step)];
      const value = startOf(node) ?? place.value;
      place = { key: value, value };
    } else if (step !== ONLY) {
      return place;
    }
  }
  return place;
}

function startOf(node: MaybeNode): number | undefined {
  return node?.range?.[0];
}
