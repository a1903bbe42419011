import { BotError } from '../../lib/errors.ts';
import { CommandError } from '../command-error.ts';
import { parleyLine } from '../stage/suggest.ts';
import { type Check, type Finding, problem, unseen } from './check.ts';
import { isForbidden } from './is-forbidden.ts';
import type { Look } from './look.ts';

/** A check, and what it found. */
export interface Looked {
  readonly check: Check;
  readonly findings: readonly Finding[];
}

/** What cannot be looked at is a finding too: the doctor goes on. */
export async function lookAt(check: Check, look: Look): Promise<Looked> {
  try {
    return { check, findings: await check.run(look) };
  } catch (error) {
    return { check, findings: [whyNot(error, look)] };
  }
}

function whyNot(error: unknown, { stage }: Look): Finding {
  if (isForbidden(error)) return unseen('The API key may not read this.');
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (/AccessDenied|NotAuthorized|UnauthorizedOperation/.test(name)) {
    return unseen(`AWS does not let you look at this (${name}).`);
  }
  // A message of somebody else's may quote what is nobody's business.
  const says = error instanceof BotError || error instanceof CommandError ? message : name;
  return problem(`This could not be looked at: ${says}`, parleyLine('doctor', stage));
}
