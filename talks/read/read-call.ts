import { forget, handover, media, tag, text } from '../../lib/handlers/build-actions.ts';
import type { HandlerAction } from '../../lib/handlers/returned.ts';
import { asMapping } from '../../lib/rules/compile/file-names.ts';
import type { Spot } from '../../lib/rules/compile/spot.ts';
import type { Calls, Stated } from '../talk.ts';
import type { BookNames } from './book-names.ts';
import { checkName } from './read-item.ts';
import { returnedShape, STEP_SHAPES } from './step-shapes.ts';

const HOUR = 3_600_000;
/** What may stand beside each other. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  text: ['split'],
  template: ['variables'],
  media: ['text'],
};

/** What handlers return from here on, by their names: `fails`, an action, or a list of actions. */
export function readCall(input: unknown, names: BookNames, spot: Spot): Calls | undefined {
  const given = spot.check(STEP_SHAPES.call, input);
  if (given === undefined) return undefined;
  const stated = Object.entries(given).map(([handler, returns]): readonly [string, Stated] => {
    checkName(handler, names.handlers, 'handler that a rule calls', spot.at(handler));
    if (returns === 'fails') return [handler, 'fails'];
    const list: readonly unknown[] = Array.isArray(returns) ? returns : [returns];
    const place = (index: number) => (Array.isArray(returns) ? spot.at(handler, index) : spot.at(handler));
    return [handler, list.flatMap((one, index) => readReturned(one, names, place(index)) ?? [])];
  });
  return { does: 'call', stated: Object.fromEntries(stated) };
}

function readReturned(input: unknown, names: BookNames, spot: Spot): HandlerAction | undefined {
  const given = spot.check(returnedShape, input);
  if (given === undefined) return undefined;
  const keys = Object.keys(asMapping(input));
  const [kind] = ['template', 'media', ...keys].filter((key) => keys.includes(key));
  const over = keys.filter((key) => key !== kind && !BESIDE[kind ?? '']?.includes(key));
  if (kind === undefined || over.length > 0) {
    spot.problem(
      `A call returns one thing here, not ${keys.map((key) => `"${key}"`).join(' and ') || 'nothing'}. Several are a list: [ first, second ].`,
    );
    return undefined;
  }
  if (given.template !== undefined) {
    checkName(given.template, names.templates, 'template', spot.at('template'));
    return { kind: 'template', template: given.template, variables: given.variables ?? {} };
  }
  if (given.media !== undefined) return media(given.media, given.text);
  if (given.text !== undefined) return text(given.text, { split: given.split === true });
  if (given.remember !== undefined) return { kind: 'remember', values: given.remember };
  if (given.forget !== undefined) return forget(...(given.forget as never[]));
  if (given.tag !== undefined) return tag(given.tag);
  const { for: forMs = 24 * HOUR, back = [], invite = [] } = given.handover ?? {};
  return handover({ hours: forMs / HOUR, back, invite });
}
