import { normalizeText } from '../../text/normalize-text.ts';

/** What a file gives names to, gathered before its rules are compiled, because rules may name what comes below them. */
export interface FileNames {
  readonly rules: readonly string[];
  readonly hours: readonly string[];
  /** What some rule remembers. */
  readonly remembered: readonly string[];
  /** As normalizeText leaves them. */
  readonly keywords: readonly string[];
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
  const { rules, hours, otherwise } = asMapping(data);
  const listed: readonly unknown[] = Array.isArray(rules) ? rules : [];
  const ids = listed.map((rule) => asMapping(rule)['id']);
  const items = [...listed, ...listed.map((rule) => asMapping(rule)['otherwise']), otherwise].flat();
  return {
    rules: [...new Set(ids.filter((id) => typeof id === 'string'))],
    hours: Object.keys(asMapping(hours)),
    remembered: [...new Set(rememberedIn(data))],
    keywords: [...new Set(items.flatMap(keywordsIn))],
    handlers,
    languages,
  };
}

function keywordsIn(item: unknown): readonly string[] {
  const { keyword = [] } = asMapping(asMapping(item)['when']);
  return [keyword].flat().map((word) => normalizeText(String(word)));
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
