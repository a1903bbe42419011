import { normalizeText, toWords } from '../normalize-text.ts';
import { isOptOutWord } from '../opt-out.ts';
import { CHANNELS, type When } from '../types.ts';
import { checkPattern } from './check-pattern.ts';
import { checkShape } from './check-shape.ts';
import type { Findings } from './findings.ts';
import type { Path } from './locate.ts';
import { type WhenInput, whenSchema } from './schema.ts';

const ABOUT_MESSAGES = ['keyword', 'includes', 'pattern', 'media'] as const;

/** The conditions of one rule, or undefined when they cannot be used; problems are added to the findings. */
export function compileWhen(input: unknown, path: Path, findings: Findings): When | undefined {
  const { page, problems } = findings;
  const given = checkShape(whenSchema, input, path, page, problems);
  if (given === undefined) return undefined;
  const before = problems.length;
  const { event = ['onMessageAdded'], channel, keyword, includes, pattern } = given;
  checkEvents(given, path, findings);
  checkKeywords(given, path, findings);
  for (const [index, phrase] of (includes ?? []).entries()) {
    if (toWords(phrase).length === 0) {
      problems.push(
        page.at(
          [...path, 'includes', index],
          `${JSON.stringify(phrase)} has no letter, digit or symbol to look for.`,
        ),
      );
    }
  }
  for (const [index, source] of (pattern ?? []).entries()) {
    const fault = checkPattern(source);
    if (fault !== undefined) problems.push(page.at([...path, 'pattern', index], fault));
  }
  const media = compileMedia(given, path, findings);
  if (problems.length > before) return undefined;
  return {
    event,
    ...(channel && { channel }),
    ...(media !== undefined && { media }),
    ...(keyword && { keyword: [...new Set(keyword.map(normalizeText))] }),
    ...(includes && {
      includes: includes.map((written) => ({ written, words: toWords(written).join(' ') })),
    }),
    ...(pattern && { pattern }),
  };
}

function checkEvents({ event = [], ...given }: WhenInput, path: Path, { page, problems }: Findings): void {
  const silent = event.find((name) => name !== 'onMessageAdded');
  if (silent === undefined) return;
  for (const key of ABOUT_MESSAGES) {
    if (given[key] === undefined) continue;
    problems.push(
      page.atKey(
        [...path, key],
        `"${key}" asks about a message, and ${silent} carries none. Give that event a rule of its own.`,
      ),
    );
  }
}

function checkKeywords(
  { keyword = [], channel = [...CHANNELS] }: WhenInput,
  path: Path,
  { page, notes }: Findings,
): void {
  for (const [index, word] of keyword.entries()) {
    if (!channel.every((name) => isOptOutWord(word, name))) continue;
    notes.push(
      page.at(
        [...path, 'keyword', index],
        `"${word}" never reaches a rule: it is an opt-out word, which Twilio answers and the bot never does.`,
      ),
    );
  }
}

function compileMedia({ media }: WhenInput, path: Path, { page, problems }: Findings): When['media'] {
  if (media === undefined) return undefined;
  const [first] = media;
  if (typeof first === 'boolean' && media.length === 1) return first;
  const types = media.filter((item) => typeof item === 'string');
  if (types.length < media.length) {
    problems.push(
      page.at([...path, 'media'], 'true and false stand alone. Write one of them, or a list of MIME types.'),
    );
  }
  return types.map((type) => type.toLowerCase());
}
