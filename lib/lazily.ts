/**
 * Makes something when it is first needed, and once: a schema, of which most are for events that hardly come; or a regular
 * expression with large classes of Unicode, which takes a millisecond, where most messages are plain ASCII. What a cold
 * start does not need, it should not wait for.
 */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
