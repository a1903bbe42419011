export function readNumber(body: string): string | undefined {
  return /^[^\d]*(\d{1,15})[^\d]*$/.exec(body)?.[1];
}
export function isWithin(
  digits: string,
  [low, high]: readonly [string | undefined, string | undefined],
): boolean {
  return (
    (low === undefined || Number(digits) >= Number(low)) &&
    (high === undefined || Number(digits) <= Number(high))
  );
}
