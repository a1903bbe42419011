/** `1 rule`, `2 rules`, `0 rules`; `2 tries` where the plural is irregular. */
export function plural(number: number, thing: string, things = `${thing}s`): string {
  return `${number} ${number === 1 ? thing : things}`;
}
