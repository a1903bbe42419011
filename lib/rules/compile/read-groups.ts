/** The named groups of a pattern. */
export interface Groups {
  readonly all: readonly string[];
  /** Those that take part in every match: not optional, not in one branch of an alternative only. */
  readonly always: readonly string[];
}

const NONE: Groups = { all: [], always: [] };
const QUANTIFIER = /(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/y;
const GROUP_HEAD = /\(\?(?:<([^=!>][^>]*)>|(<?[=!]|[a-z-]*:))|\(/y;
const ESCAPE = /\\(?:[pPu]\{[^}]*\}|k<[^>]*>|.)/sy;
const CLASS = /\[(?:\\.|[^\]\\])*\]/sy;

/**
 * Reads the groups of a RegExp source. It must have compiled with the flag `u` before, so that everything here is
 * well-formed.
 */
export function readGroups(source: string): Groups {
  let position = 0;
  return readAlternatives();

  function readAlternatives(): Groups {
    let groups = readSequence();
    while (source[position] === '|') {
      position++;
      groups = either(groups, readSequence());
    }
    return groups;
  }

  function readSequence(): Groups {
    let groups = NONE;
    while (position < source.length && source[position] !== '|' && source[position] !== ')') {
      groups = both(groups, readTerm());
    }
    return groups;
  }

  function readTerm(): Groups {
    const atom = source[position] === '(' ? readGroup() : readOther();
    const quantifier = take(QUANTIFIER);
    if (quantifier === undefined) return atom;
    const least = quantifier[1] ?? (quantifier[0].startsWith('+') ? '1' : '0');
    return Number(least) === 0 ? { ...atom, always: NONE.always } : atom;
  }

  function readGroup(): Groups {
    const head = take(GROUP_HEAD);
    const inside = readAlternatives();
    position++;
    const [, name, kind] = head ?? [];
    if (kind?.endsWith('!')) return { ...inside, always: NONE.always };
    if (name === undefined) return inside;
    return both({ all: [name], always: [name] }, inside);
  }

  function readOther(): Groups {
    if (take(ESCAPE) === undefined && take(CLASS) === undefined) position++;
    return NONE;
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
  const [first = NONE, ...others] = sources.map(readGroups);
  return others.reduce(either, first);
}

function either(a: Groups, b: Groups): Groups {
  return { all: unite(a.all, b.all), always: a.always.filter((name) => b.always.includes(name)) };
}

function both(a: Groups, b: Groups): Groups {
  return { all: unite(a.all, b.all), always: unite(a.always, b.always) };
}

function unite(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}
