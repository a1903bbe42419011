import { characterAt, LATIN, type Places, placesOfClass } from './character-sets.ts';

/** Characters that a pattern cannot tell apart. */
export interface Letter {
  /** For each atom of the pattern, whether it takes them. */
  readonly taken: readonly boolean[];
  /** As `\b` sees them. */
  readonly isWord: boolean;
  /** One of them. */
  readonly sample: string;
}

/**
 * The letters from which the costliest text is made. What is taken by no more atoms than another letter, and by no
 * other ones, can be left out: whatever is tried on it is tried on the other too.
 */
export function readAlphabet(atoms: readonly Places[], asksForWords: boolean): readonly Letter[] {
  const letters = cut([...atoms, ...(asksForWords ? [placesOfClass('\\w')] : [])]).map(
    ({ members, place }): Letter => ({
      taken: atoms.map((_, atom) => members.has(atom)),
      isWord: members.has(atoms.length),
      sample: characterAt(place),
    }),
  );
  return letters.filter(
    (letter) =>
      !letters.some((other) => other !== letter && other.isWord === letter.isWord && covers(other, letter)),
  );
}

function covers(a: Letter, b: Letter): boolean {
  return b.taken.every((taken, atom) => !taken || a.taken[atom]);
}

interface Piece {
  readonly members: ReadonlySet<number>;
  place: number;
}

/** Cuts all characters into pieces of the same members, and keeps one place of each. */
function cut(sets: readonly Places[]): readonly Piece[] {
  const edges = sets.flatMap((places, set) =>
    places.flatMap(([from, to]) => [
      { at: from, set, enters: true },
      { at: to, set, enters: false },
    ]),
  );
  edges.sort((a, b) => a.at - b.at);
  const pieces = new Map<string, Piece>();
  const members = new Set<number>();
  keep(0);
  for (const [index, { at, set, enters }] of edges.entries()) {
    if (enters) members.add(set);
    else members.delete(set);
    if (edges[index + 1]?.at !== at) keep(at);
  }
  return [...pieces.values()];

  function keep(place: number): void {
    const key = [...members].sort((a, b) => a - b).join();
    const piece = pieces.get(key);
    if (piece === undefined) pieces.set(key, { members: new Set(members), place });
    else if (rank(place) > rank(piece.place)) piece.place = place;
  }
}

/** A letter is a better sample than a sign, and a sign than what nobody sees. */
function rank(place: number): number {
  const [a, z] = LATIN;
  if (place >= a && place <= z) return 3;
  return place < a ? (place > a - 0x42 ? 2 : 0) : 1;
}
