/** `1 rule`, `2 rules`, `0 rules` */
export function plural(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
