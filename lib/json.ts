/** What `text` says as JSON; undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Attributes, which travel as a string of JSON; undefined when they are absent or not JSON: a reply must not fail
 * over somebody else's record.
 */
export function parseAttributes(text: string | null | undefined): unknown {
  return text === null || text === undefined ? undefined : parseJson(text);
}

/** What Node has, and TypeScript does not know yet. */
const json = JSON as unknown as {
  readonly parse: (
    text: string,
    revive: (key: string, value: unknown, context: { readonly source: string }) => unknown,
  ) => unknown;
  readonly rawJSON: (text: string) => unknown;
  readonly isRawJSON: (value: unknown) => boolean;
};

/**
 * Attributes as they are written back: numbers that JavaScript cannot hold, as of another system's ids, stay as they
 * stand; undefined where they are not an object.
 * https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/JSON/rawJSON
 */
export function parseExactly(attributes: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed = json.parse(attributes === '' ? '{}' : attributes, (_, value, { source }) =>
      typeof value === 'number' ? json.rawJSON(source) : value,
    );
    if (isExactObject(parsed)) return parsed;
  } catch {
    // As what is JSON, and not an object.
  }
  return undefined;
}

/** @param value out of what parseExactly gave, in which a number is an object of its own kind */
export function isExactObject(value: unknown): value is Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && !json.isRawJSON(value);
}
