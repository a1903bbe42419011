/**
 * Where a text ends without the members at its end. Step by step from behind: a regular expression would try each
 * place from the front, and a long run of members from each of its places.
 *
 * @param member matches one code point
 */
export function endWithout(text: string, member: RegExp): number {
  let end = text.length;
  while (end > 0) {
    const last = lastCharacter(text, end);
    if (!member.test(last)) break;
    end -= last.length;
  }
  return end;
}

function lastCharacter(text: string, end: number): string {
  const pair = text.slice(Math.max(0, end - 2), end);
  return /[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(pair) ? pair : text.charAt(end - 1);
}
