import type { OptOut } from '../../guards/stop-words.ts';
import type { Otherwise, PlainAction, Rule, RuleBook, Then, When } from '../types.ts';
import type { Catalogue } from './catalogue.ts';
import { asMapping, type FileNames } from './file-names.ts';
import type { Spot } from './spot.ts';

/** A whole file, its pieces compiled, for what can only be seen of all of it. Broken rules are left out of the book. */
export interface CheckedFile {
  readonly book: RuleBook;
  readonly rules: readonly PlacedRule[];
  /** Each `then` of the rules, and the items of every `otherwise`. */
  readonly answers: readonly PlacedAnswer[];
  /** All rules and the file's `otherwise` as they stand there, broken ones too. */
  readonly given: readonly unknown[];
  readonly catalogue: Catalogue;
  /** Some rule is broken, so that what is missing may be there. */
  readonly isPartial: boolean;
  readonly optOut: OptOut;
  readonly names: FileNames;
  readonly top: Spot;
}

export interface PlacedRule {
  readonly rule: Rule;
  /** As it stands in the file. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly spot: Spot;
}

/** What answers, and where it stands. */
export interface PlacedAnswer {
  readonly id: string;
  readonly from: 'rules' | 'question' | 'file';
  /** Whose it is; absent for the file's `otherwise`. */
  readonly rule?: Rule;
  readonly when?: When;
  readonly then: Then;
  /** Where its conditions stand. */
  readonly whenSpot: Spot;
  /** Where the actions stand. */
  readonly spot: Spot;
  /** Where one of them stands. */
  readonly at: (action: number) => Spot;
}

/** The rules of a file with what is known of their places. */
export function placeRules(
  compiled: readonly (Rule | undefined)[],
  given: readonly unknown[],
  spot: Spot,
): readonly PlacedRule[] {
  return compiled.flatMap((rule, index) =>
    rule === undefined ? [] : [{ rule, given: asMapping(given[index]), spot: spot.at(index) }],
  );
}

export function placeAnswers(
  rules: readonly PlacedRule[],
  { otherwise = [] }: Pick<RuleBook, 'otherwise'>,
  given: unknown,
  top: Spot,
): readonly PlacedAnswer[] {
  const ofRules = rules.flatMap(({ rule, given: written, spot }): readonly PlacedAnswer[] => [
    {
      id: rule.id,
      from: 'rules',
      rule,
      ...(rule.when && { when: rule.when }),
      // biome-ignore lint/suspicious/noThenProperty: the file's own word; nothing ever awaits an answer
      then: rule.then,
      ...placesOf(written, spot),
    },
    ...placeItems(rule.otherwise ?? [], written['otherwise'], spot.at('otherwise')).map(
      (item): PlacedAnswer => ({ ...item, rule, from: 'question' }),
    ),
  ]);
  const ofFile = placeItems(otherwise, given, top.at('otherwise'));
  return [...ofRules, ...ofFile.map((item): PlacedAnswer => ({ ...item, from: 'file' }))];
}

/** An item is named by its place, from 1, and one alone needs no list; all others are the whole `otherwise`. */
function placeItems(items: readonly Otherwise[], given: unknown, spot: Spot) {
  return items.map((item) => {
    const place = /\.otherwise\.(\d+)$|^otherwise\.(\d+)$/.exec(item.id)?.slice(1).find(Boolean);
    if (place === undefined) return { ...item, whenSpot: spot, ...listPlaces(given, spot) };
    if (!Array.isArray(given)) return { ...item, ...placesOf(asMapping(given), spot) };
    const index = Number(place) - 1;
    return { ...item, ...placesOf(asMapping(given[index]), spot.at(index)) };
  });
}

function placesOf(given: Readonly<Record<string, unknown>>, spot: Spot) {
  return { whenSpot: spot.at('when'), ...listPlaces(given['then'], spot.at('then')) };
}

function listPlaces(given: unknown, spot: Spot): Pick<PlacedAnswer, 'spot' | 'at'> {
  return { spot, at: (action) => (Array.isArray(given) ? spot.at(action) : spot) };
}

/** What may be carried out of an answer, and where it stands: of a call what stands under its `else`. */
export function placeActions({ then, at }: PlacedAnswer): readonly (readonly [PlainAction, Spot])[] {
  const actions = then === 'ignore' ? [] : then.actions;
  return actions.flatMap((action, place): readonly (readonly [PlainAction, Spot])[] =>
    action.kind === 'call'
      ? action.else.map((one, index) => [one, at(place).at('else', index)])
      : [[action, at(place)]],
  );
}

/** Every value that stands under a key, however deep; one that is a list gives its items. */
export function* valuesUnder(data: unknown, key: string, but?: string): Generator<unknown> {
  if (typeof data !== 'object' || data === null) return;
  for (const [name, value] of Object.entries(data)) {
    if (name === but) continue;
    if (name !== key) yield* valuesUnder(value, key, but);
    else if (Array.isArray(value)) yield* value;
    else yield value;
  }
}
