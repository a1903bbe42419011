const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The characters of a text as people see them. */
export function charactersOf(text: string): readonly string[] {
  return [...SEGMENTER.segment(text)].map(({ segment }) => segment);
}

/** The source of a pattern that matches this text. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** The same inside a character class. */
export function escapeMember(character: string): string {
  return character.replace(/[\\\]^[-]/g, '\\$&');
}
