import { asMapping } from '../../lib/rules/compile/file-names.ts';
import type { Spot } from '../../lib/rules/compile/spot.ts';
import { suggest } from '../../lib/rules/compile/suggest.ts';
import { ignoreAccents } from '../../lib/text/ignore-accents.ts';
import { normalizeText } from '../../lib/text/normalize-text.ts';
import type { Item } from '../talk.ts';
import type { BookNames } from './book-names.ts';
import { handoverShape, itemShape } from './step-shapes.ts';

/** What may stand in one item beside each other. */
const BESIDE: Readonly<Record<string, readonly string[]>> = { template: ['variables'], media: ['text'] };

/** What is expected of the bot, given as one or as a list; undefined where nothing is. */
export function readItems(input: unknown, names: BookNames, spot: Spot): readonly Item[] | undefined {
  if (input === '') return undefined;
  if (!Array.isArray(input)) return readItem(input, names, spot);
  if (input.length === 0)
    spot.problem('This list is empty. Write what the bot says, or "silence:" instead of "bot:".');
  return input.flatMap((item, place) => readItem(item, names, spot.at(place)));
}

function readItem(input: unknown, names: BookNames, spot: Spot): readonly Item[] {
  if (typeof input === 'string') {
    if (input === '') spot.problem('This is empty. Write what the bot says.');
    return [{ kind: 'words', text: input }];
  }
  const before = spot.problemCount();
  const given = spot.check(itemShape, input);
  if (given === undefined) return [];
  const keys = Object.keys(asMapping(input));
  const [kind] = ['template', 'media', ...keys].filter((key) => keys.includes(key));
  const over = keys.filter((key) => key !== kind && !BESIDE[kind ?? '']?.includes(key));
  if (kind === undefined || over.length > 0) {
    spot.problem(
      `The bot says one thing here, not ${keys.length === 0 ? 'nothing' : keys.map((key) => `"${key}"`).join(' and ')}. Several are a list: [ first, second ].`,
    );
    return [];
  }
  const item = toItem(given, names, spot);
  return item === undefined || spot.problemCount() > before ? [] : [item];
}

type Given = NonNullable<ReturnType<typeof itemShape.parse>>;

function toItem(given: Given, names: BookNames, spot: Spot): Item | undefined {
  const { text, matching, template, variables, media, rule, tag, handover } = given;
  if (template !== undefined) {
    checkName(template, names.templates, 'template', spot.at('template'));
    return { kind: 'template', template, ...(variables && { variables }) };
  }
  if (media !== undefined) return { kind: 'media', media, ...(text === undefined ? {} : { text }) };
  if (text !== undefined) return { kind: 'words', text };
  if (matching !== undefined) return readPattern(matching, spot.at('matching'));
  if (rule !== undefined) {
    checkName(rule, names.answerers, 'rule', spot.at('rule'));
    return { kind: 'rule', rule };
  }
  if (tag !== undefined) return { kind: 'tag', ...(tag === 'true' ? {} : { attributes: tag }) };
  if (handover === undefined) {
    spot.at('variables').keyProblem('"variables" go with "template". Say which template is sent.');
    return undefined;
  }
  return readHandover(handover, spot.at('handover'));
}

function readHandover(input: unknown, spot: Spot): Item | undefined {
  const given = spot.check(handoverShape, input === 'true' ? {} : input);
  if (given === undefined) return undefined;
  const { for: forMs, back, invite } = given;
  return {
    kind: 'handover',
    ...(forMs === undefined ? {} : { forMs }),
    ...(back && { back: back.map((word) => ignoreAccents(normalizeText(word))) }),
    ...(invite && { invite }),
  };
}

function readPattern(source: string, spot: Spot): Item | undefined {
  try {
    return { kind: 'matching', pattern: new RegExp(source, 'su') };
  } catch (error) {
    spot.problem(
      `This is not a regular expression: ${error instanceof Error ? error.message : String(error)}.`,
    );
    return undefined;
  }
}

/** Whether a name is one of the bot's. */
export function checkName(given: string, known: readonly string[], what: string, spot: Spot): void {
  if (known.includes(given)) return;
  const all = known.length === 0 ? `There is no ${what} at all.` : `Those there are: ${known.join(', ')}.`;
  spot.problem(`There is no ${what} "${given}". ${suggest(given, known).trim() || all}`);
}
