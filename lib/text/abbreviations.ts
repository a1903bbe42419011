import { lazily } from '../lazily.ts';

/** Common ones of several languages, in lower case and without the last dot. */
const ALWAYS = `
  mr mrs ms mx messrs dr drs prof st ste jr sr esq gen sgt cpl lt capt cmdr rev hon dept govt univ assn asst bldg blvd
  hwy pkwy approx est esp etc misc viz inc corp bros ltd pty pte vs cf al hrs mins secs wks mos yrs qty
  hr fr frl fam dipl ing geb gest verh gesch inh abt hrsg aufl anm bzw ca evtl ggf ggfs insb inkl exkl einschl
  zzgl abzgl vgl usw usf sog bsp bspw bzgl betr od dgl dergl v.chr n.chr u.dgl jh jhd jhdt std stk tsd mio mrd mtl
  lfd stellv gebr nachf tel mobil abs allg str hbf bhf whg bd mwst
  ehem engl entspr frz nachm urspr vorm zzt
  mme mlle mm mgr cie sté ets env ex pp éd tél réf bât bvd boul rte
  sra srta srs dra dras dres dña ud uds vd vds núm pág págs máx mín avda dpto depto apdo pza plza izq izda dcha hnos
  gral cía cia ltda lic arq mtro mtra tfno tlf atte fdo aprox exmo exma profa apto pça obs cel
  ctra dcho excmo excma izdo pral
  sig sigg sig.ra dott dott.ssa avv geom rag egr spett prof.ssa pag pagg fraz loc ecc
  afd dhr mevr mw mej ir bv bijv blz enz evt excl incl resp zgn mln mld
  np itd itp tj tzn tzw ul godz im inż płk kpt ks św hab tys woj pow ds zob wg
  např napr tzv atd atď apod mj popř příp vč cca hod nám tř čl judr mudr phdr rndr sv
  npr odn br jud piem pvz jne psh
  stb ún vö özv ifj krt fszt ker hsz hrsz kft bt zrt nyrt
  dvs osv kl bl.a f.eks t.ex s.k mfl mv jf jfr iflg vedr pga mht ang ekskl maks avd frk
  esim ym yms puh klo alk huom tms jne yht synt
  doç sn örn bkz vb yrd müh ecz öğr arş çev cad sok mah bulv şti bkn yy
  гг ул им ім стр рис тел моб руб коп др проф акад доц тыс тис млн млрд см ср напр просп пр пер бул бульв наб пл пос
  обл мкр вул буд грн гр тов шт чел проч нпр
  κος κα κκ δρ π.χ κ.λπ κλπ αρ τηλ σελ
  डॉ डा प्रो पं ডা ড ડૉ திரு డా ಡಾ ഡോ
  tp ths pgs hj hjh dkk
  dl dna dll dsb dst bpk jl jln telp tgl rp yth sdr kec kel hlm pl
`;
/** Written small, words that end sentences: Polish co, Turkish sen, Swedish av and maj, German eng. */
const AS_WRITTEN = `
  Co Col Sen Gov Maj Rep Pres Adm Mt Ft Ph Fa Mag Eng Arch Bc Av Sta Sto San Tic Tn Ny Prov TS GS BS KS LS
`;
/** Words of their own as well: "no. 5", but "Say no. Then …". */
const BEFORE_NUMBER = `
  no nos nr nro art fig vol ch chap sec ext ed ave rd sq ct rm ph ver ref cell tab kap cap abb ziff ust apt lot min max
  mind par pos pt ok kb kr kom hal
  mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec mi do sa so di ap rt rw pkt
  janv févr avr juil déc ene abr ago dic fev dez genn giu lug ott pn wt śr czw янв февр апр авг сент окт нояб дек
  nº n° n č čp ч д кв корп гл оф доб रु
`;

/** By itself a word of no language that ends a sentence: "p. 5", "v. Chr.". Small vowels are: Italian è, French a. */
const CONSONANT = '[b-df-hj-np-tv-xzб-джзк-нп-тф-щβ-δζθκ-ξπ-τφ-ψ]';
/** An initial. In other scripts a letter may be a whole word, such as the Korean 돼. */
const INITIAL = lazily(
  () => new RegExp(`^(?:[\\p{Lu}\\p{Lt}\\p{sc=Arab}\\p{sc=Hebr}]\\p{M}*|${CONSONANT})$`, 'u'),
);
/** 500 g., 10 h. */
const MEASURE = lazily(() => /\p{N}\s\p{Ll}\.\s+$/u);
const PIECE = '[\\p{L}\\p{M}]';
/**
 * Told by their dots: short words up to a letter (z.B., Ph.D.), words of two letters (p.ej., EE.UU.). A last one of
 * three might be that of an address: x.com.
 */
const DOTTED = lazily(
  () => new RegExp(`^(?:(?:${PIECE}{1,3}\\.)+\\p{L}\\p{M}*|(?:${PIECE}{1,2}\\.)+${PIECE}{1,2})$`, 'u'),
);
/** A Spanish plural: EE. UU. */
const DOUBLED = lazily(() => /^(\p{Lu})\1$/u);
/** Begins with a small letter and goes on after a space: v. Chr., u. a., p. ej. */
const SPACED = `(?:${CONSONANT}\\.\\s\\p{L}{1,4}|\\p{Ll}\\.\\s(?:\\p{L}|\\p{Ll}{1,4}))\\.`;
const SPACED_AHEAD = lazily(() => new RegExp(`^${SPACED}`, 'u'));
/** A part of one: Tel.-Nr., p. ej., v. Chr., Dr. rer. nat. */
const CONTINUED = lazily(
  () =>
    new RegExp(
      `(?:\\p{L}\\.-\\p{L}{1,5}\\.|(?<![\\p{L}\\p{M}.])${SPACED}|[Dd]r\\.(?:\\s\\p{Ll}{1,5}\\.)+)\\s+$`,
      'u',
    ),
);
/** Henry VIII., 3. Mai. Those over 39 are words as well: CV, XL. */
const ROMAN = /^(?=.)X{0,3}(?:IX|IV|V?I{0,3})$/;
const SHORT_NUMBER = lazily(() => /^\p{Nd}{1,3}$/u);
/** In Thai no sentence ends in a dot: ดร., รศ., นพ. */
const THAI = /^[ก-ฮ]{1,4}$/;
/** Signs that belong to what comes after them: № 5, n.º 5, Sr.ª Ana. */
const SIGN = lazily(() => /(?:^|[\s(])(?:№|#|[nN][º°ᵒ]|\p{L}{1,5}\.[º°ªᵒᵃˢ]+|§§?)\s$/u);

const BULLET = '[-*_•·‣>»→\\p{Pd}\\p{So}]\\uFE0F?';
const NUMBER = '(?:[\\p{N}#*]\\uFE0F?\\u20E3?){1,3}';
const MARK = '[.．)）\\]}:：、・/|=°ºª*_~>»→\\p{Pd}\\p{So}]\\uFE0F?';
const LETTER = `(?:\\p{L}\\p{M}*|[ivxlc]{1,7}|[IVXLC]{1,7})(?=\\s?${MARK})`;
/**
 * A number, letter or mark with which an item of a list begins: `47. `, `1 `, `1.2) `, `(a) `, `iv) `, `1.- `, `1 – `,
 * `*1.* `, `1️⃣ `, `- `.
 */
const LIST_HEAD = lazily(
  () =>
    new RegExp(
      `(?:^|\\n)\\s*(?=\\S)(?:${BULLET}\\s*){0,2}(?:[([{]?(?:${NUMBER}|${LETTER})(?:\\s?${MARK}\\p{Nd}{0,3})*)?\\s*$`,
      'u',
    ),
);
/** Not at the beginning of a line either: `1) here, 2.) there`. Not the end of a remark: `(size 24)`. */
const LIST_NUMBER = lazily(() => /(?<![\p{L}\p{M}\p{Nd}(]|\([^()]*)(?:\p{Nd}{1,3}|\p{Ll})\.?\)\s+$/u);
const BEFORE_DOT = /(?:^|[\s([{"'“‘„«/-])([^\s([{"'“‘„«/-]+)[.．]\s+$/u;

/**
 * Whether what comes next belongs to the end of `before`: an abbreviation, or the number of a list. `before` ends in
 * white space, or in punctuation where a script needs none.
 */
export function leadsOn(before: string, after: string): boolean {
  if (LIST_HEAD().test(before) || LIST_NUMBER().test(before) || SIGN().test(before)) return true;
  const word = BEFORE_DOT.exec(before)?.[1];
  if (word === undefined) return false;
  if (INITIAL().test(word) && (/^\p{Ll}/u.test(after) || !MEASURE().test(before))) return true;
  if (DOTTED().test(word) || DOUBLED().test(word) || THAI.test(word)) return true;
  if (CONTINUED().test(before) || SPACED_AHEAD().test(`${word}. ${after}`)) return true;
  if (ROMAN.test(word) || SHORT_NUMBER().test(word) || isAmong(AS_WRITTEN, word)) return true;
  const known = word.toLowerCase();
  if (isAmong(ALWAYS, known) || beginsKnown(known)) return true;
  return isAmong(BEFORE_NUMBER, known) && /^\p{N}/u.test(after);
}

/** One known, and short ones written on to it: Dr.med., Dipl.Ing. */
function beginsKnown(word: string): boolean {
  const [first = '', ...others] = word.split('.');
  return others.length > 0 && isAmong(ALWAYS, first) && [first, ...others].every(({ length }) => length <= 4);
}

function isAmong(list: string, word: string): boolean {
  return list.split(/\s+/).includes(word);
}
