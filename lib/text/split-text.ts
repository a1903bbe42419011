/** Best first: where a reader would turn the page. */
const BREAKS = ['paragraph', 'sentence', 'word', 'grapheme'] as const;
type Break = (typeof BREAKS)[number];

/**
 * Cuts a text into parts of at most `limit` UTF-16 units (so never more code points either). Each cut is after the
 * last paragraph, else sentence, that fills at least half of the part, else after the last word, else between two
 * graphemes: an emoji with its skin tone or a letter with its accent stays whole, unless it alone is over the limit.
 * Nothing is lost: the parts joined are the text.
 */
export function splitText(text: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const end = findCut(rest, limit);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' ? parts : [...parts, rest];
}

function findCut(text: string, limit: number): number {
  const last = new Map<Break, number>();
  // Made here because making one costs milliseconds, and hardly any cold start splits a text.
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { index, segment } of graphemes.segment(text)) {
    const end = index + segment.length;
    if (end > limit) break;
    last.set('grapheme', end);
    const kind = breakAfter(text, end);
    if (kind !== undefined) last.set(kind, end);
  }
  const best = BREAKS.find((kind) => {
    const end = last.get(kind) ?? 0;
    return kind === 'paragraph' || kind === 'sentence' ? end >= limit / 2 : end > 0;
  });
  return (best && last.get(best)) ?? withinGrapheme(text, limit);
}

/** What ends before `end`. White space belongs to the part before the cut. */
function breakAfter(text: string, end: number): Break | undefined {
  const before = text.slice(Math.max(0, end - 8), end);
  if (/\n\s*\n$/.test(before)) return 'paragraph';
  if (/[.!?…]["'”’)]?\s+$|[。！？]$/u.test(before) || /\n$/.test(before)) return 'sentence';
  return /\s$/.test(before) ? 'word' : undefined;
}

/** A single grapheme over the limit (thousands of stacked accents) can only be cut inside, yet not in a character. */
function withinGrapheme(text: string, limit: number): number {
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) && limit > 1;
  return splitsPair ? limit - 1 : limit;
}
