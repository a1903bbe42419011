import * as z from 'zod/mini';
import { AFTER_RULES, GUARDS } from '../../lib/guards/guards.ts';
import { asMapping } from '../../lib/rules/compile/file-names.ts';
import { mapping } from '../../lib/rules/compile/shapes.ts';
import type { Spot } from '../../lib/rules/compile/spot.ts';
import type { Calls, Expectation, Happening, Place, Step, Waits } from '../talk.ts';
import type { BookNames } from './book-names.ts';
import { readCall } from './read-call.ts';
import { checkName, readItems } from './read-item.ts';
import { STEP_SHAPES } from './step-shapes.ts';

type Name = keyof typeof STEP_SHAPES;

const stepShape = mapping(
  'A step',
  Object.fromEntries(Object.keys(STEP_SHAPES).map((name) => [name, z.optional(z.unknown())])),
);

/** Why the bot may be silent, by the reasons that are stored and logged. */
const REASONS = [...GUARDS, ...AFTER_RULES].map(({ reason }) => reason);

/** One step of a talk; undefined where it cannot be used, and its problems are told. */
export function readStep(input: unknown, names: BookNames, place: Place, spot: Spot): Step | undefined {
  if (typeof input === 'string') {
    spot.problem(`A step says who does what, such as "says: hi"; this is only ${JSON.stringify(input)}.`);
    return undefined;
  }
  if (spot.check(stepShape, input) === undefined) return undefined;
  const given = asMapping(input);
  const [name, ...more] = Object.keys(given) as Name[];
  if (name === undefined || more.length > 0) {
    const found = name === undefined ? 'nothing' : [name, ...more].map((one) => `"${one}"`).join(' and ');
    spot.problem(
      `A step is one thing, not ${found}. Begin each with a dash on a line of its own: "- says: hi"`,
    );
    return undefined;
  }
  const before = spot.problemCount();
  const step = readOne(name, given[name], names, spot.at(name));
  return step === undefined || spot.problemCount() > before ? undefined : { place, ...step };
}

function readOne(
  name: Name,
  input: unknown,
  names: BookNames,
  spot: Spot,
): Happening | Waits | Calls | Expectation | undefined {
  switch (name) {
    case 'says': {
      const said = spot.check(STEP_SHAPES.says, inFull('text', input));
      return said && { does: 'says', ...withFrom({ ...said, media: [] }) };
    }
    case 'sends': {
      const sent = spot.check(STEP_SHAPES.sends, inFull('media', input));
      return sent && { does: 'says', ...withFrom({ ...sent, text: sent.text ?? '' }) };
    }
    case 'taps': {
      const tapped = spot.check(STEP_SHAPES.taps, inFull('title', input));
      return tapped && { does: 'taps', title: tapped.title, ...fromOf(tapped) };
    }
    case 'waits': {
      const ms = spot.check(STEP_SHAPES.waits, input);
      return ms === undefined ? undefined : { does: 'waits', ms };
    }
    case 'agent': {
      const [said] = Object.entries(spot.check(STEP_SHAPES.agent, input) ?? {});
      return said && { does: 'agent', identity: said[0], text: said[1] };
    }
    case 'program':
      return readProgram(input, names, spot);
    case 'joins':
    case 'leaves': {
      const who = spot.check(STEP_SHAPES[name], input);
      return who === undefined ? undefined : { does: name, name: who };
    }
    case 'begins':
      return spot.check(STEP_SHAPES.begins, input) === undefined ? undefined : { does: 'begins' };
    case 'fails': {
      const code = spot.check(STEP_SHAPES.fails, input);
      return code === undefined ? undefined : { does: 'fails', code: Number(code) };
    }
    case 'call':
      return readCall(input, names, spot);
    case 'bot':
      return { does: 'bot', items: readItems(input, names, spot) };
    default:
      return readState(name, input, names, spot);
  }
}

function readProgram(input: unknown, names: BookNames, spot: Spot): Happening | undefined {
  const posted = spot.check(STEP_SHAPES.program, inFull('waits', input));
  if (posted === undefined) return undefined;
  const { waits, text = 'A message of a program.' } = posted;
  if (waits === undefined && posted.text === undefined)
    spot.problem(
      'Say what the program posts, or which rule’s question it asks: program: { waits: reminder }',
    );
  if (waits !== undefined) {
    checkName(waits, names.waiting, 'rule that waits', typeof input === 'string' ? spot : spot.at('waits'));
  }
  return { does: 'program', text, ...(waits === undefined ? {} : { waits }) };
}

function readState(
  name: 'silence' | 'handed over' | 'remembered' | 'language',
  input: unknown,
  names: BookNames,
  spot: Spot,
): Expectation | undefined {
  switch (name) {
    case 'silence': {
      const reason = spot.check(STEP_SHAPES.silence, input);
      if (reason) checkName(reason, REASONS, 'reason', spot);
      return { does: name, reason: reason || undefined };
    }
    case 'handed over': {
      const isSo = spot.check(STEP_SHAPES[name], input);
      return { does: name, isSo: isSo === '' ? undefined : isSo };
    }
    case 'remembered': {
      const values = spot.check(STEP_SHAPES.remembered, input);
      return { does: name, values: values === '' ? undefined : values };
    }
    case 'language': {
      const language = spot.check(STEP_SHAPES.language, input);
      if (language) checkName(language, names.languages, 'language', spot);
      return { does: name, language: language || undefined };
    }
  }
}

/** What is not a mapping stands for the most important key of one. */
function inFull(key: string, input: unknown): unknown {
  return typeof input === 'object' && !Array.isArray(input) ? input : { [key]: input };
}

function fromOf({ from }: { readonly from?: string | undefined }) {
  return from === undefined ? {} : { from };
}

function withFrom({ before = false, from, ...rest }: WithFrom) {
  return { ...rest, ...fromOf({ from }), before } as const;
}

interface WithFrom {
  readonly text: string;
  readonly media: readonly string[];
  readonly from?: string | undefined;
  readonly before?: boolean | undefined;
}
