import { show } from './shapes.ts';

const MAX_NAME = 64;

/** What authors give names to, and the signs that such a name may have beside letters and digits. */
const KINDS = {
  id: { what: 'an id', begin: 'rule-', signs: 'dots, hyphens or underscores' },
  hours: { what: 'a name of hours', begin: 'hours-', signs: 'hyphens or underscores' },
  template: { what: 'a name of a template', begin: 'template-', signs: 'hyphens or underscores' },
  value: { what: 'a name', begin: 'value-', signs: 'hyphens or underscores' },
} as const;

export type NameKind = keyof typeof KINDS;

/** Whether something may be called so. */
export function isName(kind: NameKind, given: string): boolean {
  return kind === 'id' ? ID.test(given) : NAME.test(given);
}

/** That of an id, for the schema of editors too. */
export const ID = /^[A-Za-z][\w.-]{0,63}$/;
const NAME = /^[A-Za-z][\w-]{0,63}$/;

/** What is said of a name that is not allowed, with the nearest that is. */
export function wrongName(kind: NameKind, given: unknown): string {
  const { what, signs } = KINDS[kind];
  const like = nameLike(kind, String(given));
  return (
    `${show(given)} is not ${what}. Use 1 to ${MAX_NAME} letters from A to Z, digits, ${signs}, and begin with a letter.` +
    (like === undefined ? '' : ` Did you mean "${like}"?`)
  );
}

/** `2. Größe` is like `rule-2-Grosse`; undefined where nothing is left of it. */
function nameLike(kind: NameKind, given: string): string | undefined {
  const plain = given
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(kind === 'id' ? /[^\w.-]+/g : /[^\w-]+/g, '-')
    .replace(/[.-]*-[.-]*/g, '-')
    .replace(/^[-_.]+|[-_.]+$/g, '');
  const like = (/^[A-Za-z]/.test(plain) ? plain : `${KINDS[kind].begin}${plain}`).slice(0, MAX_NAME);
  return plain === '' ? undefined : like;
}
