import { findProblems } from '../../build/check-deployment.ts';
import { readDeploySettings } from '../../build/deploy-settings.ts';
import type { OpenedSettings } from './open-settings.ts';
import { type Finding, type Planned, problem } from './preflight/finding.ts';
import { preflight } from './preflight/preflight.ts';
import { functionsOf } from './template.ts';

/** Everything that is in the way of a deployment, and what there is to know before it. */
export async function findAll(
  planned: Planned,
  { places, given, region }: Pick<OpenedSettings, 'places' | 'given' | 'region'>,
): Promise<readonly Finding[]> {
  const wrong = [
    ...findProblems(functionsOf(planned.template)),
    ...readDeploySettings(given, region).problems,
  ];
  const ofSettings = wrong.map((found) => {
    const [name = ''] = /^[A-Z_]+/.exec(found) ?? [];
    const place = places[name];
    return problem(place === undefined ? found : `${place}: ${found}`);
  });
  return [...ofSettings, ...(await preflight(planned))];
}
