/** The named groups of a pattern, or of several of which any may match. */
export interface Groups {
  readonly all: readonly string[];
  /** Those that take part in every match: not optional, not in one branch of an alternative only. */
  readonly always: readonly string[];
}

export interface PatternShape extends Groups {
  /**
   * In how many ways the branches and bounded repetitions can be gone through, at most. What repeats without a bound
   * counts once: growth without a bound is for an automaton to judge (check-pattern.ts).
   */
  readonly ways: number;
}

const PLAIN: PatternShape = { all: [], always: [], ways: 1 };
const QUANTIFIER = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y;
const GROUP_HEAD = /\(\?(?:<([^=!>][^>]*)>|(<?[=!]|[a-z-]*:))|\(/y;
const ESCAPE = /\\(?:[pPu]\{[^}]*\}|k<[^>]*>|.)/sy;
const CLASS = /\[(?:\\.|[^\]\\])*\]/sy;

/**
 * Reads the source of a RegExp. It must have compiled with the flag `u` before, so that everything in it is
 * well-formed.
 */
export function readPattern(source: string): PatternShape {
  let position = 0;
  return readAlternatives();

  function readAlternatives(): PatternShape {
    let shape = readSequence();
    while (source[position] === '|') {
      position++;
      const next = readSequence();
      shape = { ...either(shape, next), ways: shape.ways + next.ways };
    }
    return shape;
  }

  function readSequence(): PatternShape {
    let shape = PLAIN;
    while (position < source.length && source[position] !== '|' && source[position] !== ')') {
      shape = both(shape, readTerm());
    }
    return shape;
  }

  function readTerm(): PatternShape {
    const atom = source[position] === '(' ? readGroup() : readOther();
    const quantifier = take(QUANTIFIER);
    return quantifier === undefined ? atom : repeat(atom, ...boundsOf(quantifier));
  }

  function readGroup(): PatternShape {
    const [, name, kind] = take(GROUP_HEAD) ?? [];
    const inside = readAlternatives();
    position++;
    if (kind?.endsWith('!')) return { ...inside, always: [] };
    return name === undefined ? inside : both({ all: [name], always: [name], ways: 1 }, inside);
  }

  function readOther(): PatternShape {
    if (take(ESCAPE) === undefined && take(CLASS) === undefined) position++;
    return PLAIN;
  }

  function take(token: RegExp): RegExpExecArray | undefined {
    token.lastIndex = position;
    const found = token.exec(source);
    if (found === null) return undefined;
    position += found[0].length;
    return found;
  }
}

/** The groups of several patterns of which any may match: sure to be there only if each of them has it. */
export function groupsOfAny(sources: readonly string[]): Groups {
  const [first = PLAIN, ...others]: readonly Groups[] = sources.map(readPattern);
  return others.reduce(either, first);
}

function boundsOf([token, least, comma, most]: RegExpExecArray): readonly [number, number] {
  if (least === undefined)
    return [token.startsWith('+') ? 1 : 0, token.startsWith('?') ? 1 : Number.POSITIVE_INFINITY];
  if (comma === '') return [Number(least), Number(least)];
  return [Number(least), most === '' ? Number.POSITIVE_INFINITY : Number(most)];
}

function repeat({ all, always, ways }: PatternShape, least: number, most: number): PatternShape {
  const times = most === Number.POSITIVE_INFINITY ? 1 : most;
  const lengths = most === Number.POSITIVE_INFINITY ? 1 : most - least + 1;
  return { all, always: least === 0 ? [] : always, ways: ways ** times * lengths };
}

function either(a: Groups, b: Groups): Groups {
  return { all: unite(a.all, b.all), always: a.always.filter((name) => b.always.includes(name)) };
}

function both(a: PatternShape, b: PatternShape): PatternShape {
  return { all: unite(a.all, b.all), always: unite(a.always, b.always), ways: a.ways * b.ways };
}

function unite(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}
