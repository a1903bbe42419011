import { lazily } from '../lazily.ts';

/** Common ones of several languages, in lower case and without the last dot. */
const ALWAYS = `
  mr mrs ms messrs dr drs prof st jr sr gen sgt lt capt rev hon approx dept est etc inc ltd vs cf al
  hr fr frl dipl ing bzw ca evtl ggf inkl exkl zzgl abzgl vgl usw usf sog bspw mio mrd tel mobil abs allg str bd
  mme mlle mm mgr cie env ex pp éd
  sra srta srs dña ud uds vd vds núm pág págs avda dpto dto aprox exmo exma profa
  sig sigg sig.ra dott dott.ssa avv geom rag prof.ssa pag pagg ecc
  dhr mevr mw ir bijv blz enz evt excl incl
  np itd itp tj tzn tzw ul godz im mgr inż płk ks
  např tzv atd apod čl judr mudr
  dvs osv kl bl.a t.ex s.k esim ym yms puh klo
  doç sn örn bkz cad sok mah
  гг ул стр рис тел руб коп др проф акад доц тыс млн млрд см ср напр просп пл обл вул буд грн
  κος κα δρ π.χ κ.λπ κλπ αρ τηλ σελ
  dl dna dll dsb bpk stb pl
`;
/** Words of their own as well: "no. 5", but "Say no. Then …". */
const BEFORE_NUMBER = `
  no nos nr art fig vol ch sec ext ed ave rd tab kap abb ziff ust apt lot min max par pos
  mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec mi do sa so di
  nº n° n č čp ч д кв корп гл
`;

/** Letters with a dot each: z. B., e.g., J. R. R.; Roman and Arabic numbers, as in Henry VIII., 3. Mai. */
const INITIALS = lazily(() => /^(?:\p{L}\p{M}*\.)*\p{L}\p{M}*$/u);
const ROMAN = /^(?:[ivx]{1,5}|[IVXLC]{1,8})$/;
const SHORT_NUMBER = lazily(() => /^\p{Nd}{1,3}$/u);
/** Signs that belong to the number after them. */
const NUMBER_SIGN = /(?:^|\s)(?:№|[nN][º°]|§§?)\s$/u;

/** A number, letter or mark with which an item of a list begins: `47. `, `1.2 `, `(a) `, `iv) `, `1️⃣ `, `- `. */
const LIST_HEADS = [
  '[([]?(?:\\p{Nd}{1,3}|\\p{L}|[ivxlcIVXLC]{1,7})[.)\\]:．）、](?:\\p{Nd}{1,3}[.)]?)*',
  '(?:\\p{Nd}{1,3}\\.)+\\p{Nd}{1,3}',
  '\\p{Nd}{1,2}\\uFE0F?\\u20E3',
  '[-*•·–—‣▪◦○●>]',
];
const LIST_HEAD = lazily(() => new RegExp(`(?:^|\\n)\\s*(?:${LIST_HEADS.join('|')})\\s*$`, 'u'));
/** Not at the beginning of a line either: `1) here, 2) there`. */
const LIST_NUMBER = lazily(() => /(?<![\p{L}\p{Nd}(])\p{Nd}{1,3}\)\s+$/u);
const BEFORE_DOT = /(?:^|[\s([{"'“‘„«/-])([^\s([{"'“‘„«/-]+)[.．]\s+$/u;

/**
 * Whether what comes next belongs to the end of `before`: an abbreviation, or the number of a list. `before` ends in
 * white space, or in punctuation where a script needs none.
 */
export function leadsOn(before: string, after: string): boolean {
  if (LIST_HEAD().test(before) || LIST_NUMBER().test(before) || NUMBER_SIGN.test(before)) return true;
  const word = BEFORE_DOT.exec(before)?.[1];
  if (word === undefined) return false;
  if (INITIALS().test(word) || ROMAN.test(word) || SHORT_NUMBER().test(word)) return true;
  const known = word.toLowerCase();
  return isAmong(ALWAYS, known) || (isAmong(BEFORE_NUMBER, known) && /^\p{N}/u.test(after));
}

function isAmong(list: string, word: string): boolean {
  return list.split(/\s+/).includes(word);
}
