import { showDuration } from '../../lib/rules/match/show-duration.ts';
import type { Said } from '../play/list-said.ts';
import type { Attributes, Item } from '../talk.ts';

/** Of a long text its beginning tells which one it is. */
const MAX_SHOWN = 200;

/** What is expected of the bot, or what it said, in a few words. */
export function showItem(item: Item | Said): string {
  switch (item.kind) {
    case 'words':
    case 'text':
      return quote(item.text);
    case 'matching':
      return `something that matches ${item.pattern.source}`;
    case 'template':
      return `the template ${item.template}${showBehind(item.variables)}`;
    case 'media':
      return `the file ${item.media}${item.text === undefined ? '' : `, ${quote(item.text)}`}`;
    case 'tag':
      return `a tag${showBehind(item.attributes)}`;
    case 'handover':
      return `a handover${item.forMs === undefined ? '' : ` for ${showDuration(item.forMs)}`}${showInvited(item.invite)}`;
    case 'rule':
      return `what ${JSON.stringify(item.rule)} says`;
  }
}

/** `a: "1", b: "2"`; empty where there is none. */
export function showValues(values: Attributes | undefined): string {
  return Object.entries(values ?? {})
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(', ');
}

function quote(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}

function showBehind(values: Attributes | undefined): string {
  const shown = showValues(values);
  return shown === '' ? '' : ` (${shown})`;
}

function showInvited(names: readonly string[] | undefined): string {
  return names === undefined || names.length === 0 ? '' : `, with ${names.join(', ')}`;
}
