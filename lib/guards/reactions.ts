/**
 * What phones write for a tap on a heart where the channel cannot carry one: `Liked “See you at 9.”`. Apple's words by
 * language, as far as they are known to us, in small letters; the quoted message follows. They tell of somebody else:
 * `Me gusta "Rosa"` is what a customer answers. Others are answered like any message: give them a rule that says
 * `ignore: true`.
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
    'le gustó',
    'no le gustó',
    'le dio risa',
    'se rió de',
    'se rio de',
    'se rió con',
    'se rio con',
    'destacó',
    'enfatizó',
    'cuestionó',
    'preguntó por',
    'exclamó por',
    'dudó sobre',
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
  sv: ['gillade', 'älskade', 'ogillade', 'skrattade åt', 'betonade', 'ifrågasatte'],
};

const KNOWN: ReadonlySet<string> = new Set(Object.values(OPENINGS).flat());

/** English only: a picture has no words to quote. */
const FILES =
  '(?:image|photo|picture|movie|video|attachment|gif|(?:audio|voice|digital touch|handwritten) message|sticker|' +
  '(?:web )?link|contact|location|file|document|pdf|memoji)';
const OF_A_FILE = new RegExp(`^(.{1,40}?) (?:an? ${FILES}|\\d{1,2} ${FILES}s)$`, 'u');

/** An opening, then a quotation up to the very end. */
const QUOTING = /^([^"“”„«»「」]{1,48}?) ?(?:"[\s\S]*"|[“„”][\s\S]*[“”]|«[\s\S]*»|「[\s\S]*」)$/u;
/** Where a carrier knows no other quotes. The apostrophes of an opening are none. */
const QUOTING_ONCE = /^([^'"]{1,48}?) ?'[\s\S]*'$/u;

/**
 * Android's: an emoji, "to", the message, in the phone's language. Apple's since iOS 18 begins with "Reacted". Digits,
 * # and * are parts of emoji, too, and no reaction.
 */
const WITH_EMOJI =
  /^(?:(?:reacted|removed) )?[[\p{Extended_Pictographic}\p{Emoji_Component}]--[0-9#*©®]]{1,20} (?:to|from|a|à|zu|auf|op|til|till|på|na|do|к|на)$/v;

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Whether a whole message is a reaction to another one. */
export function isReaction(message: string): boolean {
  const text = message.normalize('NFC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
  const plain = text.toLowerCase().replace(/[‘’]/gu, "'");
  return [OF_A_FILE, QUOTING, QUOTING_ONCE].some((shape) => {
    const opening = shape.exec(plain)?.[1]?.replace(/:$/u, '').trim();
    return opening !== undefined && (KNOWN.has(opening) || WITH_EMOJI.test(opening));
  });
}
