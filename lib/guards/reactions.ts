/**
 * What phones write for a tap on a heart where the channel cannot carry one: `Liked “See you at 9.”`. Apple's words by
 * language, as far as they are known to us, in small letters; the quoted message follows. Others are answered like any
 * message: give them a rule that says `ignore: true`.
 */
const OPENINGS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'loved',
    'liked',
    'disliked',
    'laughed at',
    'emphasized',
    'emphasised',
    'questioned',
    'removed a heart from',
    'removed a like from',
    'removed a dislike from',
    'removed a laugh from',
    'removed an exclamation from',
    'removed an exclamation mark from',
    'removed a question mark from',
    'reacted to',
    'reacted with a sticker to',
  ],
  de: [
    'liebt',
    'liebte',
    'gefällt',
    'gefiel',
    'gefällt nicht',
    'gefiel nicht',
    'lachte über',
    'lacht über',
    'betonte',
    'hinterfragte',
  ],
  es: [
    'le encantó',
    'me encanta',
    'le gustó',
    'me gusta',
    'no le gustó',
    'no me gusta',
    'se rió de',
    'se rio de',
    'se rió con',
    'destacó',
    'enfatizó',
    'cuestionó',
    'preguntó por',
  ],
  fr: [
    'a adoré',
    'a aimé',
    "n'a pas aimé",
    'a ri de',
    'a ri à',
    'a souligné',
    "a mis l'accent sur",
    'a insisté sur',
    'a posé une question sur',
    'a remis en question',
  ],
  it: [
    'ha adorato',
    'ha apprezzato',
    'non ha apprezzato',
    'ha riso a',
    'ha riso di',
    'ha enfatizzato',
    'ha messo in dubbio',
  ],
  nl: ['vond leuk', 'vond niet leuk', 'vond geweldig', 'lachte om', 'benadrukte', 'stelde een vraag over'],
  pt: [
    'adorou',
    'amou',
    'gostou de',
    'curtiu',
    'não gostou de',
    'não curtiu',
    'riu de',
    'enfatizou',
    'questionou',
  ],
};

const KNOWN: ReadonlySet<string> = new Set(Object.values(OPENINGS).flat());

/** English only: a picture has no words to quote. */
const OF_A_FILE =
  /^(?:loved|liked|disliked|laughed at|emphasi[sz]ed|questioned|reacted .{1,20} to) (?:an? (?:image|photo|movie|video|attachment|gif|audio message|sticker|link|contact|location))$/u;

/** An opening, then a quotation up to the very end. */
const QUOTING = /^([^"“”„«»「」]{1,48}?) ?(?:"[\s\S]*"|[“„][\s\S]*[“”]|«[\s\S]*»|「[\s\S]*」)$/u;

/** Android's: an emoji, "to", the message. Apple's since iOS 18 begins with "Reacted". */
const WITH_EMOJI =
  /^(?:(?:reacted|removed) )?[\p{Extended_Pictographic}\p{Emoji_Component}\p{Emoji_Modifier}]{1,12} (?:to|from)$/u;

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Whether a whole message is a reaction to another one. */
export function isReaction(message: string): boolean {
  const text = message.normalize('NFC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
  const plain = text.toLowerCase().replace(/[‘’]/gu, "'");
  if (OF_A_FILE.test(plain)) return true;
  const opening = QUOTING.exec(plain)?.[1]?.replace(/:$/u, '').trim();
  return opening !== undefined && (KNOWN.has(opening) || WITH_EMOJI.test(opening));
}
