import type { OpenedSettings } from './open-settings.ts';
import { type Finding, type Planned, problem } from './preflight/finding.ts';
import { preflight } from './preflight/preflight.ts';
import { functionsOf } from './template.ts';
import { wrongSettings } from './wrong-settings.ts';

/** Everything that is in the way of a deployment, and what there is to know before it. */
export async function findAll(
  planned: Planned,
  opened: Pick<OpenedSettings, 'places' | 'given' | 'region'>,
): Promise<readonly Finding[]> {
  const ofSettings = wrongSettings(functionsOf(planned.template), opened);
  return [...ofSettings.map(problem), ...(await preflight(planned))];
}
