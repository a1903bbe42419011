/**
 * Makes a regular expression when it is first needed: those with large classes of Unicode take a millisecond each, and
 * most messages, and so most cold starts, are plain ASCII.
 */
export function lazily(make: () => RegExp): () => RegExp {
  let made: RegExp | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
