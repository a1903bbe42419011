import * as z from 'zod/mini';
import type { Path } from './locate.ts';
import { MISSING } from './shapes.ts';
import { suggest } from './suggest.ts';

export interface ShapeFault {
  readonly path: Path;
  readonly message: string;
  /** The key itself is wrong, not what it holds. */
  readonly atKey: boolean;
}

/** Where a key that is not known here belongs, if there is such a place: what to say after "The key". */
export type Elsewhere = (key: string) => string | undefined;

/**
 * Checks one piece of a file. Pieces are checked one by one rather than the file as a whole, so that a fault in one
 * rule does not hide the faults in the others.
 */
export function checkShape<T>(
  schema: z.ZodMiniType<T>,
  input: unknown,
  elsewhere: Elsewhere = () => undefined,
): { readonly data: T | undefined; readonly faults: readonly ShapeFault[] } {
  const { success, data, error } = z.safeParse(schema, input);
  if (success) return { data, faults: [] };
  return { data: undefined, faults: error.issues.flatMap((issue) => toFaults(issue, schema, elsewhere)) };
}

function toFaults(
  issue: z.core.$ZodIssue,
  schema: z.ZodMiniType,
  elsewhere: Elsewhere,
): readonly ShapeFault[] {
  const path = issue.path as Path;
  const inside = issue.code === 'invalid_union' ? faultsInside(issue) : [];
  if (inside.length > 0) {
    const placed = inside.map((one) => ({ ...one, path: [...path, ...one.path] }) as z.core.$ZodIssue);
    return placed.flatMap((one) => toFaults(one, schema, elsewhere));
  }
  if (issue.code !== 'unrecognized_keys') return [{ path, message: messageOf(issue), atKey: false }];
  return issue.keys.map((key) => ({
    path: [...path, key],
    message: unknownKey(key, shapeAt(schema, path), elsewhere),
    atKey: true,
  }));
}

function messageOf({ message, path }: z.core.$ZodIssue): string {
  const key = path.findLast((step) => typeof step === 'string');
  return message === MISSING && key !== undefined ? `The key "${key}" is missing here.` : message;
}

/** Of shapes of which one must fit, those faults that are within what was given, if any are. */
function faultsInside({ errors }: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] {
  return errors.find((issues) => issues.some(({ path }) => path.length > 0)) ?? [];
}

function unknownKey(key: string, schema: unknown, elsewhere: Elsewhere): string {
  const home = elsewhere(key);
  if (home !== undefined) return `The key ${home}`;
  const allowed = keysOf(schema);
  const list = allowed.length === 0 ? '' : ` Allowed: ${allowed.join(', ')}.`;
  return `The key "${key}" is not known here.${list}${suggest(key, allowed)}`;
}

function keysOf(schema: unknown): readonly string[] {
  return schema instanceof z.ZodMiniObject ? Object.keys(schema.shape as object) : [];
}

/** The shape of what is at `path` in whatever has this one. */
function shapeAt(schema: unknown, path: Path): unknown {
  const bare = withoutWraps(schema);
  const [step, ...rest] = path;
  if (step === undefined) return bare;
  if (bare instanceof z.ZodMiniArray) return shapeAt(bare.def.element, rest);
  if (bare instanceof z.ZodMiniRecord) return shapeAt(bare.def.valueType, rest);
  if (bare instanceof z.ZodMiniObject) return shapeAt((bare.shape as Record<string, unknown>)[step], rest);
  return undefined;
}

/** What is checked in the end: within what may be left out, and behind what makes it of something else. */
function withoutWraps(schema: unknown): unknown {
  if (schema instanceof z.ZodMiniOptional) return withoutWraps(schema.def.innerType);
  if (!(schema instanceof z.ZodMiniPipe)) return schema;
  return withoutWraps(schema.def.out instanceof z.ZodMiniTransform ? schema.def.in : schema.def.out);
}
