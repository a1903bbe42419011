const SHOWN = 6;

/** "a", "b" and 7 others */
export function listWords(words: readonly string[]): string {
  const quoted = [...new Set(words)].map((word) => JSON.stringify(word));
  const hidden = quoted.length - SHOWN;
  if (hidden > 1) return `${quoted.slice(0, SHOWN).join(', ')} and ${hidden} others`;
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
}
