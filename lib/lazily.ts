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

/** The same for each of several that are asked for by a key: the words of a language, the clock of a time zone. */
export function lazilyEach<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key) as T;
  };
}
