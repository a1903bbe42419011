/**
 * Every character that case, composition or its script's digits give another form, and a sample of the rest. Hangul and
 * Han make up most of Unicode and have no case, so few of them are enough.
 */
export function everyCharacter(): readonly string[] {
  const characters: string[] = [];
  for (let code = 0; code < 0x11_0000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const character = String.fromCodePoint(code);
    if (code % 97 === 0 || code < 0x3400 || hasForms(code, character)) {
      if (!/\p{Cn}/u.test(character)) characters.push(character);
    }
  }
  return characters;
}

function hasForms(code: number, character: string): boolean {
  if (code >= 0xac00 && code < 0xd7a4) return false;
  return (
    character.toLowerCase() !== character ||
    character.toUpperCase() !== character ||
    character.normalize('NFKD') !== character ||
    /\p{Nd}|\p{Default_Ignorable_Code_Point}/u.test(character)
  );
}
