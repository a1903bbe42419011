import {
  type ExportedObject,
  type Expression,
  isRefused,
  objectOf,
  type Program,
  type Refused,
} from './exported-object.ts';

/** What an object has under a name, and where that stands: how many UTF-16 units are before it. */
export interface Entry {
  readonly name: string;
  readonly at: number;
}

const MAX_DEPTH = 10;

/** By whatever way a name is written. Objects of the same file may be spread in it. */
export function listEntries(program: Program, object: ExportedObject, depth = 0): readonly Entry[] | Refused {
  const entries = new Map<string, Entry>();
  for (const property of object.properties) {
    const { start: at } = property;
    if (property.type === 'SpreadElement') {
      const spread = depth < MAX_DEPTH ? objectOf(program, property.argument) : { at, why: '' };
      const others = isRefused(spread) ? spread : listEntries(program, spread, depth + 1);
      if (isRefused(others))
        return {
          at,
          why: 'Name each handler in this file: what comes with "..." from elsewhere cannot be checked.',
        };
      for (const entry of others) entries.set(entry.name, entry);
      continue;
    }
    const { key, computed, kind } = property;
    const name = nameOf(key as Expression, computed);
    if (name === undefined)
      return { at, why: 'Name each handler in this file: what comes with "[...]" cannot be checked.' };
    // A setter gives nothing out, and what is written as __proto__ is not a property.
    const isProperty =
      kind !== 'set' && (name !== '__proto__' || computed || property.shorthand || property.method);
    if (isProperty) entries.set(name, { name, at: key.start });
  }
  return [...entries.values()];
}

/** Undefined for what only running it tells. */
function nameOf(key: Expression, computed: boolean): string | undefined {
  if (key.type === 'Identifier' && !computed) return key.name;
  if (key.type === 'Literal') return String(key.value);
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0)
    return key.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
