import { suggest } from './suggest.ts';

/** What is said of a name that the file does not have: what there is, and which one was meant. */

export function unknownRule(id: string, rules: readonly string[]): string {
  return `There is no rule "${id}". Allowed: ${rules.join(', ')}.${suggest(id, rules)}`;
}

export function unknownHours(name: string, hours: readonly string[]): string {
  return `There are no hours "${name}". ${allowedOf(hours, 'The file has none.')}${suggest(name, hours)}`;
}

export function unknownRemembered(name: string, remembered: readonly string[]): string {
  const allowed = allowedOf(remembered, 'The file remembers nothing.');
  return `Nothing remembers "${name}". ${allowed}${suggest(name, remembered)}`;
}

export function unknownLanguage(language: string, languages: readonly string[]): string {
  return `"${language}" is not among the file's languages. Allowed: ${languages.join(', ')}.${suggest(language, languages)}`;
}

export function unknownHandler(name: string, handlers: readonly string[]): string {
  const allowed = allowedOf(
    handlers,
    'There is none yet. Write one there, as docs/handlers.md says: export default handlers({ async orderStatus({ number }) { … } });',
  );
  return `There is no handler "${name}" in handlers.ts beside this file. ${allowed}${suggest(name, handlers)}`;
}

function allowedOf(names: readonly string[], none: string): string {
  return names.length === 0 ? none : `Allowed: ${names.join(', ')}.`;
}
