/** As lib/rules/compile/compile-otherwise.ts names them; no rule may be called so. */
const OTHERWISE = /^(?:(?<asker>.+)\.)?otherwise(?:\.\d+)?$/;

/**
 * Whose `otherwise` a name is of: of the rule that asked, or of the file, where `asker` is undefined.
 * @returns undefined for the name of a rule
 */
export function readOtherwise(id: string): { readonly asker: string | undefined } | undefined {
  const found = OTHERWISE.exec(id);
  return found === null ? undefined : { asker: found.groups?.['asker'] };
}
