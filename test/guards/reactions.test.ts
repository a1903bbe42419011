import { describe, expect, it } from 'vitest';
import { isReaction } from '../../lib/guards/reactions.ts';
import { messageAdded } from '../rules/support.ts';
import { reasonFor } from './asked.ts';

describe('a reaction', () => {
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
    ['"'.repeat(20_000)],
    [`Liked “${'a'.repeat(20_000)}`],
  ])('is not %j', (message) => {
    expect(isReaction(message)).toBe(false);
  });

  // A heart on "Sorry, … refund." was answered by the rule about refunds.
  it('is not answered by SMS and RCS; elsewhere it is a message like any other', async () => {
    const Body = 'Liked “Try one of these: hi, refund.”';
    expect(await reasonFor(messageAdded({ Body, Author: '+15550100001', Source: 'SMS' }))).toBe('reaction');
    expect(await reasonFor(messageAdded({ Body, Author: 'rcs:ana', Source: 'RCS' }))).toBe('reaction');
    expect(await reasonFor(messageAdded({ Body }))).toBeUndefined();
  });
});
