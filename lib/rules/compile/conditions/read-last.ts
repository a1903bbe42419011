/** Values that may have to be read from Twilio. */
const READ =
  /^(?:language$|(?:participant|conversation)\.(?:identity|attributes|friendly_name|unique_name)\b)/;

/** In this order they are asked: what is there anyway may settle it, so that nothing needs to be read. */
export function readLast<T>(items: readonly T[], pathsOf: (item: T) => readonly string[]): readonly T[] {
  const isRead = (item: T) => pathsOf(item).some((path) => READ.test(path));
  return [...items.filter((item) => !isRead(item)), ...items.filter(isRead)];
}
