import type { Automaton, Node, Test } from './build-automaton.ts';

/** What is around a place in the text, as far as assertions ask. */
export interface TextEdges {
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly wordBefore: boolean;
  readonly wordAfter: boolean;
}

/** What happens between one character taken and the next one tried. */
export interface Closure {
  /** Steps: the characters tried are among them, whether they are taken or not. */
  readonly cost: number;
  /** It can be reached that all is matched, whatever was taken before. Then nothing else is tried any more. */
  readonly accepts: boolean;
  /** The `char` nodes that are tried, and in how many ways they are reached. */
  readonly tried: ReadonlyMap<number, number>;
}

export type CloseSteps = (node: number, around: TextEdges) => Closure;

export function closeSteps({ nodes }: Automaton): CloseSteps {
  const bySurroundings = Array.from({ length: 16 }, () => new Map<number, Closure>());

  return function close(node, around) {
    const known = bySurroundings[keyOf(around)];
    const before = known?.get(node);
    if (before !== undefined) return before;
    const closure = find(node, around);
    known?.set(node, closure);
    return closure;
  };

  function find(first: number, around: TextEdges): Closure {
    const ways = new Map([[first, 1]]);
    const sure = new Set([first]);
    const tried = new Map<number, number>();
    let cost = 0;
    let accepts = false;
    for (const id of inOrder(first, around)) {
      const node = nodes[id];
      const count = ways.get(id) ?? 0;
      if (node === undefined) continue;
      cost += count * costOf(node);
      if (node.kind === 'char') tried.set(id, count);
      if (node.kind === 'accept') accepts = sure.has(id);
      for (const next of nextOf(node, around)) {
        ways.set(next, (ways.get(next) ?? 0) + count);
        if (sure.has(id) && node.kind !== 'maybe') sure.add(next);
      }
    }
    return { cost, accepts, tried };
  }

  /** What is reached without taking a character, each node before those after it. There are no rings of such nodes. */
  function inOrder(first: number, around: TextEdges): readonly number[] {
    const finished: number[] = [];
    const seen = new Set<number>();
    const done = new Set<number>();
    const stack = [first];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      if (seen.has(id)) {
        stack.pop();
        if (!done.has(id)) finished.push(id);
        done.add(id);
        continue;
      }
      seen.add(id);
      const node = nodes[id];
      if (node !== undefined) stack.push(...nextOf(node, around).filter((next) => !seen.has(next)));
    }
    return finished.toReversed();
  }
}

function costOf(node: Node): number {
  switch (node.kind) {
    case 'char':
    case 'assert':
      return 1;
    case 'maybe':
    case 'stop':
      return node.cost;
    case 'split':
    case 'accept':
      return 0;
  }
}

function nextOf(node: Node, around: TextEdges): readonly number[] {
  switch (node.kind) {
    case 'split':
      return node.ways;
    case 'maybe':
      return [node.next];
    case 'assert':
      return holds(node.test, around) ? [node.next] : [];
    case 'char':
    case 'stop':
    case 'accept':
      return [];
  }
}

function keyOf({ atStart, atEnd, wordBefore, wordAfter }: TextEdges): number {
  return Number(atStart) + 2 * Number(atEnd) + 4 * Number(wordBefore) + 8 * Number(wordAfter);
}

function holds(test: Test, { atStart, atEnd, wordBefore, wordAfter }: TextEdges): boolean {
  switch (test) {
    case 'start':
      return atStart;
    case 'end':
      return atEnd;
    case 'word':
      return wordBefore !== wordAfter;
    case 'noWord':
      return wordBefore === wordAfter;
  }
}
