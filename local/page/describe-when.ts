import type { AnswerKind } from '../../lib/rules/match/conditions/answer.ts';
import type { Phrase } from '../../lib/rules/match/conditions/includes.ts';
import type { NearWord } from '../../lib/rules/match/conditions/near.ts';
import { showDuration } from '../../lib/rules/match/show-duration.ts';
import type { Otherwise, Rule, When } from '../../lib/rules/types.ts';
import { readOtherwise } from '../read-otherwise.ts';

type Asked = readonly (readonly [name: string, wanted: string])[];

/** What a rule waits for, condition by condition, in the words of its file. */
export function describeWhen({ id, when }: Pick<Rule | Otherwise, 'id' | 'when'>): Asked {
  if (when === undefined) return readOtherwise(id) ? [] : [['only', 'led to by go_to or a program']];
  return describeGroup(when);
}

function describeGroup(group: Partial<When>): Asked {
  return Object.entries(group)
    .filter(([name, wanted]) => name !== 'event' || String(wanted) !== 'onMessageAdded')
    .map(([name, wanted]) => [name, show(name, wanted)] as const);
}

function show(name: string, wanted: unknown): string {
  switch (name) {
    case 'near':
    case 'includes':
    case 'answer':
      return (wanted as readonly (NearWord | Phrase | AnswerKind)[]).map(({ written }) => written).join(', ');
    case 'pattern':
      return (wanted as readonly string[]).map((source) => `/${source}/`).join(', ');
    case 'once':
      return showDuration(wanted as number);
    case 'first':
      return wanted === true ? 'ever' : `in ${showDuration(wanted as number)}`;
    case 'media':
      return typeof wanted === 'boolean' ? (wanted ? 'any' : 'none') : String(wanted);
    case 'where':
      return Object.entries(wanted as Readonly<Record<string, readonly string[]>>)
        .map(([path, texts]) => `${path} is ${texts.join(' or ')}`)
        .join(', ');
    case 'unless':
      return (wanted as readonly Partial<When>[])
        .map((group) =>
          describeGroup(group)
            .map(([each, of]) => `${each} ${of}`)
            .join(' and '),
        )
        .join(', or ');
    default:
      return Array.isArray(wanted) ? wanted.join(', ') : String(wanted);
  }
}
