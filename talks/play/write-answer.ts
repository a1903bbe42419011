import { showDuration } from '../../lib/rules/match/show-duration.ts';
import type { Place } from '../talk.ts';
import type { Answer } from './answer-of.ts';
import type { Said } from './list-said.ts';

/** What belongs into a step that is empty. */
export interface Blank {
  readonly place: Place;
  /** The step's key as it stands there. */
  readonly key: string;
  /** Another that belongs there: the bot is silent where it should say something, or the other way round. */
  readonly newKey?: string;
  readonly value: unknown;
}

/** An answer as a talk writes it. */
export function writeAnswer({ said, rules, reason }: Answer): Required<Pick<Blank, 'newKey' | 'value'>> {
  const [first, ...more] = said.map(writeOne);
  if (more.length > 0) return { newKey: 'bot', value: [first, ...more] };
  if (first !== undefined) return { newKey: 'bot', value: first };
  return reason === undefined
    ? { newKey: 'bot', value: { rule: rules.at(-1) ?? '' } }
    : { newKey: 'silence', value: reason };
}

function writeOne(said: Said): unknown {
  switch (said.kind) {
    case 'text':
      return said.text;
    case 'template': {
      const { template, variables } = said;
      return Object.keys(variables).length === 0 ? { template } : { template, variables };
    }
    case 'media':
      return { media: said.media, ...(said.text === undefined ? {} : { text: said.text }) };
    case 'tag':
      return { tag: said.attributes };
    case 'handover': {
      const { forMs, back, invite } = said;
      const lists = { ...(back.length > 0 && { back }), ...(invite.length > 0 && { invite }) };
      return { handover: { for: showDuration(forMs), ...lists } };
    }
  }
}
