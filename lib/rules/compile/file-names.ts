/** What a file gives names to, gathered before its rules are compiled, because rules may name what comes below them. */
export interface FileNames {
  readonly rules: readonly string[];
  readonly hours: readonly string[];
  /** What some rule remembers. */
  readonly remembered: readonly string[];
  /** Of handlers.ts beside it; undefined where nobody knows them. */
  readonly handlers?: readonly string[] | undefined;
  /** The first is the fallback. */
  readonly languages: readonly string[];
}

/** @param data the whole file, of whatever shape */
export function gatherNames(
  data: unknown,
  languages: readonly string[],
  handlers?: readonly string[],
): FileNames {
  const { rules, hours } = asMapping(data);
  const ids = (Array.isArray(rules) ? rules : []).map((rule) => asMapping(rule)['id']);
  return {
    rules: [...new Set(ids.filter((id) => typeof id === 'string'))],
    hours: Object.keys(asMapping(hours)),
    remembered: [...new Set(rememberedIn(data))],
    handlers,
    languages,
  };
}

function* rememberedIn(data: unknown): Generator<string> {
  if (typeof data !== 'object' || data === null) return;
  for (const [key, value] of Object.entries(data)) {
    if (key === 'remember') yield* Object.keys(asMapping(value));
    else if (key === 'remembers') yield* [value].flat().filter((name) => typeof name === 'string');
    else yield* rememberedIn(value);
  }
}

/** What there is to see of a piece whose shape may be wrong. */
export function asMapping(input: unknown): Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? { ...input } : {};
}
