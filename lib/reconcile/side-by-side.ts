/** Each of them waits for Twilio most of the time. Reply may have fifty requests under way beside these. */
const AT_ONCE = 10;

/**
 * Does `act` for each item, ten at a time, in their order, as long as `goesOn`.
 * @param act resolves to false for an item that is not done.
 * @returns how many from the first on are done.
 */
export async function sideBySide<T>(
  items: readonly T[],
  goesOn: () => boolean,
  act: (item: T) => Promise<boolean>,
): Promise<number> {
  const done = items.map(() => false);
  let next = 0;
  const work = async () => {
    while (next < items.length && goesOn()) {
      const at = next++;
      done[at] = await act(items[at] as T);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const firstLeft = done.indexOf(false);
  return firstLeft === -1 ? items.length : firstLeft;
}
