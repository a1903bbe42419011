import { textsOf } from './actions/actions.ts';
import type { Facts } from './match/read-facts.ts';
import { allOf, isByLanguage } from './render/localize.ts';
import type { LocalizedText } from './render/text-template.ts';
import type { ReplyAction, Share } from './types.ts';

/** Values that are said in the conversation's language, or are it. */
const SPOKEN = /^(?:language$|hours\.)/;

/**
 * Looks up every value that the answer may name, so that whatever is not read yet is asked for: the language only where
 * something is said in it before the answer itself remembers one.
 * @returns the language where nothing is remembered of it when an action is carried out
 */
export function askFirst(facts: Facts, shares: readonly Share[]): string {
  let isKnown = false;
  let isForgotten = false;
  for (const action of shares.flatMap(({ actions }) => actions)) {
    const texts = textsOf(action);
    const paths = texts
      .flatMap(allOf)
      .flat()
      .flatMap((part) => (typeof part === 'string' ? [] : part.path));
    for (const path of paths) if (!SPOKEN.test(path)) facts.value(path);
    if (!isKnown && (isSpoken(action, texts) || paths.some((path) => SPOKEN.test(path)))) {
      if (isForgotten) facts.unrememberedLanguage();
      else facts.language();
    }
    if (forgetsLanguage(action)) [isKnown, isForgotten] = [false, true];
    else if (remembersLanguage(action)) isKnown = true;
  }
  return facts.toldLanguage()?.language ?? facts.languages[0] ?? 'en';
}

/** A handler is told the language, and may speak by itself. */
function isSpoken(action: ReplyAction, texts: readonly LocalizedText[]): boolean {
  if (action.kind === 'call') return true;
  return texts.some(isByLanguage) || (action.kind === 'template' && isByLanguage(action.ContentSid));
}

function forgetsLanguage(action: ReplyAction): boolean {
  return action.kind === 'forget' && (action.names === 'all' || action.names.includes('language'));
}

/** For sure: what comes from outside may be none of the file's languages. */
function remembersLanguage(action: ReplyAction): boolean {
  const language = action.kind === 'remember' ? action.values['language'] : undefined;
  return language?.every((part) => typeof part === 'string') === true;
}
