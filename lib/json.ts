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
