import { MAX_ATTRIBUTES_BYTES, MAX_BODY, MAX_VARIABLE_VALUE } from '../../limits.ts';
import { MAX_REMEMBERED_LENGTH } from '../memory.ts';
import { allOf } from '../render/localize.ts';
import type { LocalizedText } from '../render/text-template.ts';
import type { PlainAction, When } from '../types.ts';
import { type CheckedFile, placeActions } from './checked-file.ts';
import { listWays } from './list-ways.ts';
import { type Longest, type LongRemembered, longestText } from './longest-value.ts';
import type { Spot } from './spot.ts';

const REMEMBERED = 'a remembered value';
const VARIABLE = 'a variable';

/** What an action puts together from values, and how long it may be. */
interface Limited {
  readonly text: LocalizedText;
  readonly path: readonly string[];
  readonly limit: number;
  readonly what: string;
}

/**
 * Values that may become too long, so that the answer fails. What is remembered must not: a part of the message that
 * has no end is refused there, and noted elsewhere.
 */
export function checkValues(file: CheckedFile): void {
  const told = new Set<PlainAction>();
  const remembered = longRemembered(file);
  for (const { steps, when } of listWays(file)) {
    for (const step of steps) {
      for (const [action, spot] of placeActions(step)) {
        if (told.has(action)) continue;
        for (const limited of limitedBy(action)) {
          if (tell(limited, when, remembered, spot.at(...limited.path))) told.add(action);
        }
      }
    }
  }
}

/** Its limit counts code points, those of what it is put into units. */
function longRemembered(file: CheckedFile): LongRemembered {
  const lengths = new Map<string, number>();
  for (const { steps, when } of listWays(file)) {
    for (const [action] of steps.flatMap(placeActions)) {
      if (action.kind !== 'remember') continue;
      for (const [name, text] of Object.entries(withoutLanguage(action.values))) {
        const length = Math.min(longestLength(text, when, lengths), 2 * MAX_REMEMBERED_LENGTH);
        if (length > (lengths.get(name) ?? MAX_REMEMBERED_LENGTH)) lengths.set(name, length);
      }
    }
  }
  return lengths;
}

function longestLength(text: LocalizedText, when: When | undefined, remembered: LongRemembered): number {
  return Math.max(...allOf(text).map((version) => longestText(version, when, remembered).length));
}

function limitedBy(action: PlainAction): readonly Limited[] {
  switch (action.kind) {
    case 'text':
      return action.split ? [] : [{ text: action.Body, path: ['text'], limit: MAX_BODY, what: 'a message' }];
    case 'media':
      return action.Body === undefined
        ? []
        : [{ text: action.Body, path: ['text'], limit: MAX_BODY, what: 'a message' }];
    case 'template':
      return ofEach(action.ContentVariables, 'variables', MAX_VARIABLE_VALUE, VARIABLE);
    case 'remember':
      return ofEach(withoutLanguage(action.values), 'remember', MAX_REMEMBERED_LENGTH, REMEMBERED);
    case 'tag':
      return ofEach(action.attributes, 'tag', MAX_ATTRIBUTES_BYTES, 'a message in its tags');
    default:
      return [];
  }
}

/** Of which nothing but one of the file's languages is kept. */
function withoutLanguage({ language: _, ...values }: Readonly<Record<string, LocalizedText>>) {
  return values;
}

function ofEach(texts: Readonly<Record<string, LocalizedText>>, key: string, limit: number, what: string) {
  return Object.entries(texts).map(([name, text]): Limited => ({ text, path: [key, name], limit, what }));
}

/** Whether there was something to tell. */
function tell(
  { text, limit, what }: Limited,
  when: When | undefined,
  remembered: LongRemembered,
  place: Spot,
): boolean {
  const isRemembered = what === REMEMBERED;
  for (const version of allOf(text)) {
    // What is longer as it stands is told where it is compiled.
    if (version.every((part) => typeof part === 'string')) continue;
    const longest = longestText(version, when, remembered);
    const { endless } = longest;
    const isEndless = endless !== undefined && (endless.isWritten || isRemembered);
    const length = isRemembered ? longest.points : longest.length;
    if (!isEndless && length <= limit) continue;
    const message = `${describe(length, isEndless ? endless : undefined)} and ${what} holds at most ${limit.toLocaleString('en')}. ${fix(longest, what)}`;
    if (isRemembered && endless?.isWritten) place.problem(message);
    else place.note(message);
    return true;
  }
  return false;
}

function describe(length: number, endless: Longest['endless']): string {
  if (endless === undefined) return `This may be ${length.toLocaleString('en')} characters long,`;
  return `{{ ${endless.path} }} may be as long as ${endless.isWritten ? 'the customer writes' : 'somebody made it'},`;
}

function fix({ endless, length, points }: Longest, what: string): string {
  if (endless === undefined) {
    const counted = length > points && what !== REMEMBERED ? 'An emoji counts as two. ' : '';
    return `${counted}${what === 'a message' ? 'Add "split: true", or put less into it.' : 'Put less into it.'}`;
  }
  if (!endless.isWritten) return 'An answer with a longer one fails.';
  if (endless.path.startsWith('match.')) {
    const group = endless.path.slice('match.'.length);
    // Of emoji, each of which counts as two there, 128 have room in a variable.
    return `Bound what its pattern takes in, as in (?<${group}>.{1,${what === VARIABLE ? 100 : 200}}).`;
  }
  return what === 'a message'
    ? 'Add "split: true", or ask for it with "answer: text", which takes at most 256.'
    : 'Ask for it with "answer: text", and say {{ answer }}: that takes at most 256.';
}
