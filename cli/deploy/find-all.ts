import { findProblems } from '../../build/check-deployment.ts';
import type { OpenedSettings } from './open-settings.ts';
import { type Finding, type Planned, problem } from './preflight/finding.ts';
import { preflight } from './preflight/preflight.ts';
import { functionsOf } from './template.ts';

/** Everything that is in the way of a deployment, and what there is to know before it. */
export async function findAll(
  planned: Planned,
  { places }: Pick<OpenedSettings, 'places'>,
): Promise<readonly Finding[]> {
  const ofSettings = findProblems(functionsOf(planned.template)).map((found) => {
    const [name = ''] = /^[A-Z_]+/.exec(found) ?? [];
    const place = places[name];
    return problem(place === undefined ? found : `${place}: ${found}`);
  });
  return [...ofSettings, ...(await preflight(planned))];
}
