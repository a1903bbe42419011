import { concurrency } from './concurrency.ts';
import { events } from './events.ts';
import { type Check, type Finding, note, type Planned } from './finding.ts';
import { names } from './names.ts';
import { otherStacks } from './other-stacks.ts';
import { sampleTemplates } from './sample-templates.ts';
import { secrets } from './secrets.ts';
import { stackState } from './stack-state.ts';

/** In the order in which what they find is listed. */
const CHECKS: readonly Check[] = [
  stackState,
  names,
  secrets,
  concurrency,
  otherStacks,
  sampleTemplates,
  events,
];

/** Everything that all checks find, whatever one of them cannot look at. It changes nothing. */
export async function preflight(planned: Planned): Promise<readonly Finding[]> {
  const found = await Promise.all(
    CHECKS.map((check) => check(planned).catch((error: unknown) => [notLookedAt(check.name, error)])),
  );
  return found.flat();
}

function notLookedAt(check: string, error: unknown): Finding {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return note(`AWS does not let the check of ${WORDS[check] ?? check} look (${name}): ${message}`);
}

/** Of what may fail, because it asks AWS. */
const WORDS: Readonly<Record<string, string>> = { otherStacks: 'other stacks' };
