import { describe, expect, it } from 'vitest';
import { isReaction } from '../../lib/guards/reactions.ts';
import { messageAdded } from '../rules/support.ts';
import { reasonFor } from './asked.ts';

// Apple's words, written out on purpose: one that is lost is answered as a message.
const OPENINGS = {
  en: `loved, liked, disliked, laughed at, emphasized, emphasised, questioned, removed a heart from, removed a like from, removed a dislike from, removed a laugh from, removed an exclamation from, removed an exclamation mark from, removed a question mark from, reacted to, reacted with a sticker to`,
  de: `liebt, liebte, gefällt, gefiel, gefällt nicht, gefiel nicht, lachte über, lacht über, betonte, hinterfragte`,
  es: `le encantó, le gustó, no le gustó, le dio risa, se rió de, se rio de, se rió con, se rio con, destacó, enfatizó, cuestionó, preguntó por, exclamó por, dudó sobre`,
  fr: `a adoré, a aimé, n'a pas aimé, a ri de, a ri à, a souligné, a mis l'accent sur, a insisté sur, a posé une question sur, a remis en question`,
  it: `ha adorato, ha apprezzato, non ha apprezzato, ha riso a, ha riso di, ha enfatizzato, ha messo in dubbio`,
  nl: `vond leuk, vond niet leuk, vond geweldig, lachte om, benadrukte, stelde een vraag over`,
  sv: `gillade, älskade, ogillade, skrattade åt, betonade, ifrågasatte`,
  pt: `adorou, amou, gostou de, curtiu, não gostou de, não curtiu, riu de, enfatizou, questionou`,
};

describe('a reaction', () => {
  it.each(Object.entries(OPENINGS))('begins with any of the words of %s', (_, words) => {
    const all = words.split(', ');
    expect(all.filter((opening) => !isReaction(`${opening} “ok”`))).toEqual([]);
  });

  it.each([
    ['Liked “Sorry, I did not understand that. Try: refund.”'],
    ['Loved "see you"'],
    ['Disliked “no”'],
    ['Laughed at “ha”'],
    ['Emphasized “now”'],
    ['Emphasised “now”'],
    ['Questioned “12?”'],
    ['Liked “two\nlines”'],
    ['Liked “he said “refund” twice”'],
    ['Removed a heart from “see you”'],
    ['Removed an exclamation mark from “see you”'],
    ['Reacted 😂 to “ha”'],
    ['Removed ❤️ from “ha”'],
    ['👍 to “We are open till six.”'],
    ['👍🏽\u200a to “We are open till six.”'],
    ['👩‍💻 to “done”'],
    ['\u200b👍\u200b to “\u200aok\u200a”'],
    ['Loved an image'],
    ['Laughed at a video'],
    ['Le gustó “vale”'],
    ['Le encantó «vale»'],
    ['A aimé « Bonjour »'],
    ['N’a pas aimé « Bonjour »'],
    ['Gefällt „Wir haben offen.“'],
    ['Gostou de “sim”'],
    ['  Liked “ok”  '],
    ['Removed a heart from an image'],
    ['Removed 😂 from a photo'],
    ['Reacted 😂 to an image'],
    ['Reacted with a sticker to a movie'],
    ['Liked 2 images'],
    ['Liked a voice message'],
    ['👍 to an image'],
    ["Liked 'ok'"],
    ['Liked ‘it’s ok’'],
    ['👍 à « Bonjour »'],
    ['👍 zu „Hallo“'],
    ['❤️ a “Hola”'],
    ['Gillade ”ok”'],
    ['Liked“ok”'],
    ["Liked'ok'"],
    ['Liked: “ok”'],
    ['A aimé : « Bonjour »'],
    ['Liked 「see you」'],
    [`Reacted ${'👍'.repeat(20)} to an image`],
    ['Reacted 👩🏽‍❤️‍💋‍👨🏿 to “ok”'],
    ['Reacted 🏴󠁧󠁢󠁥󠁮󠁧󠁿 to “ok”'],
  ])('is %j', (message) => {
    expect(isReaction(message)).toBe(true);
  });

  it.each([
    ['I liked “Dune”'],
    ['Liked it'],
    ['Liked “Dune”, what else do you have?'],
    ['“Liked”'],
    ['Li:ked “ok”'],
    ['liked'],
    ['to “you”'],
    ['refund'],
    ['👍'],
    ['👍 to you'],
    ['12 to “5”'],
    ['# to “refund”'],
    ['© to “refund”'],
    ["Liked 'Dune', what else?"],
    ["I've liked 'Dune'"],
    ['Loved an image of yours'],
    ['Please send an image'],
    ['I loved a video'],
    ['👍 see “refund”'],
    [''],
    ['"Liked "Dune"'],
    ["'Liked 'Dune'"],
    ['See 👍 to “refund”'],
    ['👍 to all “refund”'],
  ])('is not %j', (message) => {
    expect(isReaction(message)).toBe(false);
  });

  // By SMS they got no answer, although Apple's words for a tap are never in the first person.
  it.each([
    ['Me gusta "Rosa roja"'],
    ['Me encanta “Rosa roja”'],
    ['Me gustó «Rosa roja»'],
    ['Me encantó "Rosa roja"'],
    ['No me gusta "Rosa roja"'],
    ['J’ai aimé « Rosa »'],
    ['Mir gefällt „Rosa“'],
    ['Mi piace "Rosa"'],
    ['Gostei de “Rosa”'],
  ])('is not what customers say of themselves: %j', (message) => {
    expect(isReaction(message)).toBe(false);
  });

  it('is not a quotation that never ends, nor nothing but quotes', () => {
    expect(isReaction(`Liked “${'a'.repeat(20_000)}`)).toBe(false);
    expect(isReaction('"'.repeat(20_000))).toBe(false);
  });

  // A heart on "Sorry, … refund." was answered by the rule about refunds.
  it('is not answered by SMS and RCS; elsewhere it is a message like any other', async () => {
    const Body = 'Liked “Try one of these: hi, refund.”';
    expect(await reasonFor(messageAdded({ Body, Author: '+15550100001', Source: 'SMS' }))).toBe('reaction');
    expect(await reasonFor(messageAdded({ Body, Author: 'rcs:ana', Source: 'RCS' }))).toBe('reaction');
    expect(await reasonFor(messageAdded({ Body }))).toBeUndefined();
  });
});
