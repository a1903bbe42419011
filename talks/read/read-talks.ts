import { CHANNELS, type Channel } from '../../lib/event/channels.ts';
import { asMapping } from '../../lib/rules/compile/file-names.ts';
import type { Problem } from '../../lib/rules/compile/problem.ts';
import { readYaml, type YamlFile } from '../../lib/rules/compile/read-yaml.ts';
import type { SourceFile } from '../../lib/rules/compile/source-file.ts';
import { type Findings, type Spot, spotAt } from '../../lib/rules/compile/spot.ts';
import { suggest } from '../../lib/rules/compile/suggest.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import type { Place, Step, Talk } from '../talk.ts';
import { type BookNames, namesOf } from './book-names.ts';
import { checkOrder } from './check-order.ts';
import { readStep } from './read-step.ts';
import { readTime } from './read-time.ts';
import { KNOWN_KEYS, talkShape } from './step-shapes.ts';

/** When a talk begins that says nothing of it: a Monday. */
export const DEFAULT_AT = Date.UTC(2026, 0, 5, 10);

export interface ReadTalks {
  readonly talks: readonly Talk[];
  /** The talks cannot be played until these are fixed. */
  readonly problems: readonly Problem[];
  /** Where YAML may have taken what was typed for something else than its author meant. */
  readonly notes: readonly Problem[];
}

/** The talks of one file, or everything that is wrong with it. Pure. */
export function readTalks({ file, text }: SourceFile, book: RuleBook): ReadTalks {
  const page = readYaml(file, text, 'text', KNOWN_KEYS);
  const findings: Findings = { problems: [...page.problems], notes: [] };
  const { problems } = findings;
  const talks =
    page.data === undefined ? [] : readList(page.data, namesOf(book), { file, page }, spotAt(page, findings));
  return { talks: problems.length > 0 ? [] : talks, problems: inOrder(problems), notes: page.notes };
}

/** Each once, in the order of the file. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...new Set(problems)].sort((a, b) => a.line - b.line || a.column - b.column);
}

interface Source {
  readonly file: string;
  readonly page: YamlFile;
}

function readList(data: unknown, names: BookNames, source: Source, top: Spot): readonly Talk[] {
  if (data === '' || data === null || !Array.isArray(data)) {
    top.problem('A file of talks is a list. Begin each talk with "- talk:" and what it shows.');
    return [];
  }
  const lines = new Map<unknown, number>();
  return data.flatMap((item: unknown, place) => {
    const spot = top.at(place);
    const { talk: name } = asMapping(item);
    const line = typeof name === 'string' ? lines.get(name) : undefined;
    if (line !== undefined)
      spot.at('talk').problem(`The talk in line ${line} has this name. Give it another.`);
    else lines.set(name, spot.line());
    return readTalk(item, names, { ...source, path: [place] }, spot) ?? [];
  });
}

function readTalk(
  input: unknown,
  names: BookNames,
  source: Source & { readonly path: Place['path'] },
  spot: Spot,
): Talk | undefined {
  const given = spot.check(talkShape, input);
  const { steps: written, channel: onChannel, at: when } = asMapping(input);
  const list: readonly unknown[] = Array.isArray(written) ? written : [];
  if (Array.isArray(written) && list.length === 0)
    spot.at('steps').problem('There is no step here. Write: - says: hi');
  const steps = list.flatMap((step, index) => {
    const path = [...source.path, 'steps', index];
    return readStep(step, names, placeOf(source, path), spot.at('steps', index)) ?? [];
  });
  // With a step left out nothing can be said about those that follow it.
  if (steps.length === list.length) checkOrder(steps, (index) => spot.at('steps', index));
  const channel = readChannel(onChannel, steps, spot.at('channel'));
  const startsAt = typeof when === 'string' ? readStart(when, spot.at('at')) : DEFAULT_AT;
  if (given === undefined) return undefined;
  return {
    name: given.talk,
    place: placeOf(source, source.path),
    channel: channel ?? 'whatsapp',
    startsAt,
    attributes: { participant: given.participant ?? {}, conversation: given.conversation ?? {} },
    steps,
  };
}

function placeOf({ file, page }: Source, path: Place['path']): Place {
  const { line, column } = page.noteAt(path, '');
  return { file, line, column, path };
}

function readStart(given: string, spot: Spot): number {
  const at = readTime(given);
  if (typeof at === 'number') return at;
  spot.problem(at);
  return DEFAULT_AT;
}

/** Groups are chats, unless it is said otherwise. */
function readChannel(given: unknown, steps: readonly Step[], spot: Spot): Channel | undefined {
  if (given === undefined) return steps.some((step) => 'from' in step) ? 'chat' : 'whatsapp';
  const channel = CHANNELS.find((name) => name === given);
  if (channel === undefined)
    spot.problem(
      `${JSON.stringify(given)} is not a channel. Allowed: ${CHANNELS.join(', ')}.${suggest(String(given), CHANNELS)}`,
    );
  return channel;
}
