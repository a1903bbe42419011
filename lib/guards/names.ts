import { isSid } from '../sid.ts';

/** Who AGENTS or PROGRAMS names: chat identities (`*` stands for anything), and roles by their SID (`RL…`). */
export interface Names {
  readonly identities: readonly string[];
  readonly roleSids: readonly string[];
}

export function parseNames(entries: readonly string[]): Names {
  return {
    identities: entries.filter((entry) => !isRoleSid(entry)),
    roleSids: entries.filter(isRoleSid),
  };
}

export function hasName({ identities }: Names, identity: string): boolean {
  return identities.some((pattern) => matchesGlob(pattern, identity));
}

export function hasRole({ roleSids }: Names, roleSid: string | null | undefined): boolean {
  return roleSids.some((sid) => sid === roleSid);
}

function isRoleSid(entry: string): boolean {
  return isSid('RL', entry);
}

/** Backtracks only to the latest `*`, so it is linear in practice and needs no RegExp. */
function matchesGlob(pattern: string, text: string): boolean {
  const first = pattern.indexOf('*');
  if (first === -1) return text === pattern;
  if (!text.startsWith(pattern.slice(0, first))) return false;
  const last = pattern.lastIndexOf('*');
  const tail = pattern.slice(last + 1);
  let from = first;
  for (const piece of pattern.slice(first, last).split('*')) {
    const at = text.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return text.length - tail.length >= from && text.endsWith(tail);
}
