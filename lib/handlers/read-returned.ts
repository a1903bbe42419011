import * as z from 'zod/mini';
import { lazily } from '../lazily.ts';
import { MAX_ATTRIBUTES_BYTES, MAX_BODY } from '../limits.ts';
import { backWords } from '../rules/actions/back-words.ts';
import { MAX_CALL_MESSAGES } from '../rules/actions/call.ts';
import type { PlainAction, RuleBook } from '../rules/types.ts';
import { sidPattern } from '../sid.ts';
import { ReturnedError } from './returned-error.ts';

/** What of the rules decides whether what was returned can be done. */
export interface Allowed {
  readonly templates: RuleBook['templates'];
  /** Names under which the call may remember something. */
  readonly remembers: readonly string[];
  /** What the rule goes on with behind it, so that nothing may be handed over. */
  readonly goesOn: 'continue' | 'actions' | undefined;
  /** Of the file, as normalizeText leaves them. */
  readonly keywords: readonly string[];
}

const MAX_ACTIONS = 10;
const MAX_HOURS = 30 * 24;
const HOUR = 3_600_000;

const action = lazily(() => {
  const words = z.string().check(z.minLength(1), z.maxLength(256));
  /** A record leaves out this one name, which no object is sure to hold. */
  const named = z.pipe(
    z.unknown().check(z.refine((values) => !Object.hasOwn(Object(values), '__proto__'))),
    z.record(z.string(), z.string()),
  );
  const names = z.array(words).check(z.maxLength(16));

  return z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('text'),
      text: z.string().check(z.maxLength(MAX_CALL_MESSAGES * MAX_BODY)),
      split: z.boolean(),
    }),
    z.object({ kind: z.literal('template'), template: z.string(), variables: named }),
    z.object({
      kind: z.literal('media'),
      media: z.string().check(z.regex(sidPattern('ME'))),
      text: z.optional(z.string().check(z.maxLength(MAX_BODY))),
    }),
    z.object({ kind: z.literal('remember'), values: named }),
    z.object({ kind: z.literal('forget'), names: z.union([z.literal('all'), names]) }),
    z.object({ kind: z.literal('tag'), attributes: named }),
    z.object({
      kind: z.literal('handover'),
      hours: z.number().check(z.positive(), z.maximum(MAX_HOURS)),
      back: names,
      invite: z.array(words.check(z.regex(/\S/))).check(z.maxLength(10)),
    }),
  ]);
});

type Given = z.infer<ReturnType<typeof action>>;

/** What each part of an action must be: most often a service left out what its type says, or sent a number. */
const MUST_BE: Readonly<Record<string, string>> = {
  'text.text': `text of at most ${MAX_CALL_MESSAGES * MAX_BODY} characters`,
  'text.split': 'true or false',
  'template.template': 'the name of a template',
  'template.variables': 'text for each name',
  'media.media': 'the SID of a file, ME and 32 hexadecimal digits',
  'media.text': `text of at most ${MAX_BODY} characters`,
  'remember.values': 'text for each name',
  'forget.names': '"all", or at most 16 names of 1 to 256 characters',
  'tag.attributes': 'text for each name',
  'handover.hours': `a number above 0 and at most ${MAX_HOURS}`,
  'handover.back': 'at most 16 words of 1 to 256 characters',
  'handover.invite': 'at most 10 identities of 1 to 256 characters',
};

/**
 * What a handler returned, as the rules would hold it: literal texts, templates by their SID. Each of its properties is
 * read once, so that nothing changes after it was checked.
 * @throws ReturnedError for what cannot be done, or is too much
 */
export function readReturned(returned: unknown, allowed: Allowed): readonly PlainAction[] {
  if (returned === undefined || returned === null) return [];
  const { isList, length, actions } = readAll(returned);
  if (length > MAX_ACTIONS)
    throw new ReturnedError(`it returned ${length} actions; at most ${MAX_ACTIONS} are allowed`);
  return actions.map((given, place) => {
    const at = isList ? ` at place ${place + 1}` : '';
    if (given === undefined)
      throw new ReturnedError(
        `what it returned is not an action${at}. ` +
          'Return what text(), template() and the other functions of "parley" make, or nothing',
      );
    if ('wrong' in given) {
      const [kind, part] = given.wrong.split('.');
      throw new ReturnedError(`"${part}" of the action "${kind}"${at} must be ${MUST_BE[given.wrong]}`);
    }
    if (given.kind === 'handover') checkHandover(place === actions.length - 1, allowed);
    return toHeld(given, allowed);
  });
}

/** An action with a part that cannot be done, which is named as above. */
interface Wrong {
  readonly wrong: string;
}

/** What was returned, undefined in the place of what is not an action. A list may be anything that says so. */
interface Read {
  readonly isList: boolean;
  /** As it says, of which no more is read than may be. */
  readonly length: number;
  readonly actions: readonly (Given | Wrong | undefined)[];
}

/** Reading it runs code of the handler's, such as a getter: what that throws is nobody's to look at. */
function readAll(returned: unknown): Read {
  try {
    const isList = Array.isArray(returned);
    const list: readonly unknown[] = isList ? returned : [returned];
    const length = Number(list.length);
    const read = { length: Math.min(length, MAX_ACTIONS) };
    return { isList, length, actions: Array.from(read, (_, place) => readOne(list[place])) };
  } catch {
    throw new ReturnedError('reading what it returned fails. Return plain data');
  }
}

function readOne(returned: unknown): Given | Wrong | undefined {
  const { data, error } = action().safeParse(returned);
  if (data !== undefined) return data;
  const kind: unknown = Object(returned).kind;
  const part = `${typeof kind === 'string' ? kind : ''}.${String(error?.issues[0]?.path[0])}`;
  return Object.hasOwn(MUST_BE, part) ? { wrong: part } : undefined;
}

function checkHandover(isLast: boolean, { goesOn }: Allowed): void {
  if (!isLast || goesOn === 'actions')
    throw new ReturnedError('a handover comes last: the bot is quiet from there on');
  if (goesOn === 'continue')
    throw new ReturnedError(
      'its rule has "continue", so it cannot hand over: the rules below decide as well',
    );
}

function toHeld(given: Given, allowed: Allowed): PlainAction {
  switch (given.kind) {
    case 'text':
      return { kind: 'text', Body: [given.text], split: given.split };
    case 'template':
      return toTemplate(given, allowed);
    case 'media':
      return {
        kind: 'media',
        MediaSid: given.media,
        ...(given.text === undefined ? {} : { Body: [given.text] }),
      };
    case 'remember':
      checkNames(Object.keys(given.values), allowed);
      return { kind: 'remember', values: literal(given.values) };
    case 'forget':
      if (given.names !== 'all') checkNames(given.names, allowed);
      return { kind: 'forget', names: given.names };
    case 'tag':
      checkTags(given.attributes);
      return { kind: 'tag', attributes: literal(given.attributes) };
    case 'handover':
      return {
        kind: 'handover',
        forMs: Math.ceil(given.hours * HOUR),
        ...backWords(given.back, allowed.keywords),
        invite: [...new Set(given.invite)],
      };
  }
}

function toTemplate(
  { template, variables }: Extract<Given, { readonly kind: 'template' }>,
  { templates }: Allowed,
): PlainAction {
  const known = Object.hasOwn(templates, template) ? templates[template] : undefined;
  if (known === undefined) throw new ReturnedError('it names a template that the rules file does not have');
  const missing = known.variables.filter((name) => !Object.hasOwn(variables, name));
  const isMore = Object.keys(variables).length + missing.length > known.variables.length;
  if (missing.length > 0 || isMore)
    throw new ReturnedError(
      `the template "${template}" takes ${known.variables.join(', ') || 'no variable'}, each of them and no other`,
    );
  return { kind: 'template', template, ContentSid: known.sid, ContentVariables: literal(variables) };
}

function checkNames(given: readonly string[], { remembers }: Allowed): void {
  if (given.every((name) => remembers.includes(name))) return;
  const those = remembers.length === 0 ? 'none' : remembers.join(', ');
  throw new ReturnedError(`it remembers, or forgets, other names than the call "remembers": ${those}`);
}

function checkTags(attributes: Readonly<Record<string, string>>): void {
  if (Object.hasOwn(attributes, 'parley')) throw new ReturnedError('"parley" is kept for the bot itself');
  if (new TextEncoder().encode(JSON.stringify(attributes)).length > MAX_ATTRIBUTES_BYTES)
    throw new ReturnedError(`its tags are longer than ${MAX_ATTRIBUTES_BYTES} bytes as JSON`);
}

/** Nothing in it is a slot. */
function literal(values: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
}
