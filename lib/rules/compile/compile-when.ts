import { CHANNELS } from '../../event/channels.ts';
import { DEFAULT_OPT_OUT, isAnsweredByCarrier } from '../../guards/stop-words.ts';
import { normalizeText, toWords } from '../../text/normalize-text.ts';
import type { When } from '../types.ts';
import { checkPattern } from './check-pattern.ts';
import { type WhenInput, whenSchema } from './schema.ts';
import type { Spot } from './spot.ts';

type Check = (given: WhenInput, spot: Spot) => void;

const CHECKS: readonly Check[] = [checkEvents, checkMedia, checkKeywords, checkPhrases, checkPatterns];

/** The conditions of one rule, or undefined when they cannot be used. */
export function compileWhen(input: unknown, spot: Spot): When | undefined {
  const given = spot.check(whenSchema, input);
  if (given === undefined) return undefined;
  const before = spot.problemCount();
  for (const check of CHECKS) check(given, spot);
  if (spot.problemCount() > before) return undefined;
  const { event = ['onMessageAdded'], channel, media, keyword, includes, pattern } = given;
  return {
    event,
    ...(channel && { channel }),
    ...(media && { media: compileMedia(media) }),
    ...(keyword && { keyword: [...new Set(keyword.map(normalizeText))] }),
    ...(includes && {
      includes: includes.map((written) => ({ written, words: toWords(written).join(' ') })),
    }),
    ...(pattern && { pattern }),
  };
}

function compileMedia(media: readonly (string | boolean)[]): boolean | readonly string[] {
  const types = media.filter((item) => typeof item === 'string').map((type) => type.toLowerCase());
  return types.length > 0 ? types : media[0] === true;
}

function checkEvents({ event = [], ...given }: WhenInput, spot: Spot): void {
  const silent = event.find((name) => name !== 'onMessageAdded');
  if (silent === undefined) return;
  for (const key of ['media', 'keyword', 'includes', 'pattern'] as const) {
    if (given[key] === undefined) continue;
    spot
      .at(key)
      .keyProblem(
        `"${key}" asks about a message, and ${silent} carries none. Give that event a rule of its own.`,
      );
  }
}

function checkMedia({ media = [] }: WhenInput, spot: Spot): void {
  if (media.length < 2 || media.every((item) => typeof item === 'string')) return;
  spot.at('media').problem('true and false stand alone. Write one of them, or a list of MIME types.');
}

function checkKeywords({ keyword = [], channel }: WhenInput, spot: Spot): void {
  const channels = channel ?? CHANNELS;
  for (const [index, word] of keyword.entries()) {
    if (!channels.every((name) => isAnsweredByCarrier(word, name, DEFAULT_OPT_OUT))) continue;
    spot
      .at('keyword', index)
      .note(`"${word}" never reaches this rule: Twilio or the carrier answers it on ${channels.join(', ')}.`);
  }
}

function checkPhrases({ includes = [] }: WhenInput, spot: Spot): void {
  for (const [index, phrase] of includes.entries()) {
    if (toWords(phrase).length > 0) continue;
    spot
      .at('includes', index)
      .problem(`${JSON.stringify(phrase)} has no letter, digit or symbol to look for.`);
  }
}

function checkPatterns({ pattern = [] }: WhenInput, spot: Spot): void {
  for (const [index, source] of pattern.entries()) {
    const place = spot.at('pattern', index);
    const fault = checkPattern(source);
    if (fault !== undefined) place.problem(fault);
    if (/^\/.*\/[a-z]*$/su.test(source)) {
      place.note('A pattern stands without slashes and flags; these slashes are looked for.');
    }
  }
}
