import { MAX_ATTRIBUTES_BYTES, MAX_BODY, MAX_VARIABLE_VALUE } from '../../limits.ts';
import { MAX_REMEMBERED_LENGTH } from '../memory.ts';
import { allOf } from '../render/localize.ts';
import type { LocalizedText } from '../render/text-template.ts';
import type { PlainAction, When } from '../types.ts';
import { type CheckedFile, placeActions } from './checked-file.ts';
import { listWays } from './list-ways.ts';
import { type Longest, longestText } from './longest-value.ts';
import type { Spot } from './spot.ts';

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
  for (const { steps, when } of listWays(file)) {
    for (const step of steps) {
      for (const [action, spot] of placeActions(step)) {
        if (told.has(action)) continue;
        for (const limited of limitedBy(action)) {
          if (tell(limited, when, spot.at(...limited.path))) told.add(action);
        }
      }
    }
  }
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
      return ofEach(action.ContentVariables, 'variables', MAX_VARIABLE_VALUE, 'a variable');
    case 'remember':
      return ofEach(withoutLanguage(action.values), 'remember', MAX_REMEMBERED_LENGTH, 'a remembered value');
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
function tell({ text, path, limit, what }: Limited, when: When | undefined, place: Spot): boolean {
  const isRemembered = path[0] === 'remember';
  for (const version of allOf(text)) {
    // What is longer as it stands is told where it is compiled.
    if (version.every((part) => typeof part === 'string')) continue;
    const longest = longestText(version, when);
    const { endless } = longest;
    const isEndless = endless !== undefined && (endless.isWritten || isRemembered);
    if (!isEndless && longest.length <= limit) continue;
    const message = `${describe(longest, isEndless)} and ${what} holds at most ${limit.toLocaleString('en')}. ${fix(longest, what)}`;
    if (isRemembered && endless?.isWritten) place.problem(message);
    else place.note(message);
    return true;
  }
  return false;
}

function describe({ endless, length }: Longest, isEndless: boolean): string {
  if (endless === undefined || !isEndless)
    return `This may be ${length.toLocaleString('en')} characters long,`;
  return `{{ ${endless.path} }} may be as long as ${endless.isWritten ? 'the customer writes' : 'somebody made it'},`;
}

function fix({ endless }: Longest, what: string): string {
  if (endless === undefined)
    return what === 'a message' ? 'Add "split: true", or put less into it.' : 'Put less into it.';
  if (!endless.isWritten) return 'An answer with a longer one fails.';
  if (endless.path.startsWith('match.')) {
    const group = endless.path.slice('match.'.length);
    return `Bound what its pattern takes in, as in (?<${group}>.{1,200}).`;
  }
  return what === 'a message'
    ? 'Add "split: true", or ask for it with "answer: text", which takes at most 256.'
    : 'Ask for it with "answer: text", and say {{ answer }}: that takes at most 256.';
}
