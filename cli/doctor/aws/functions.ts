import type { FunctionName } from '../../../lib/config.ts';
import { FUNCTION_NAMES } from '../../../lib/settings.ts';
import type { AwsStage } from '../../stage/aws/aws-stage.ts';
import { deployLine } from '../../stage/suggest.ts';
import { awsCheck, type Finding, problem, warning } from '../check.ts';
import { functionConfiguration } from './function-configurations.ts';

/** As serverless.yml has them. */
const RUNTIME = 'nodejs24.x';
const ARCHITECTURE = 'arm64';
const TIMEOUTS: Readonly<Record<FunctionName, number>> = { receive: 4, reply: 30, reconcile: 120 };
const LEAST_MEMORY = 512;

export const functions = awsCheck({
  id: 'functions',
  what: 'The functions are up, on the runtime, architecture and size that they are built for',
  why: 'Twilio gives up after five seconds, and a reply whose send must be looked up takes twenty.',
  run: async (aws, { stage }) => {
    const looked = FUNCTION_NAMES.map((name) => lookAt(aws, name, deployLine(stage)));
    return (await Promise.all(looked)).flat();
  },
});

async function lookAt(aws: AwsStage, name: FunctionName, redeploy: string): Promise<readonly Finding[]> {
  const found = await functionConfiguration(aws, name);
  const { Runtime = '', Architectures = [], Timeout = 0, MemorySize = 0, State, LastUpdateStatus } = found;
  const says = (is: string, expected: string) => `${name} ${is}: expected ${expected}.`;
  return [
    ...(State === 'Active' || State === 'Inactive' ? [] : [problem(says(`is ${State}`, 'Active'), redeploy)]),
    ...(LastUpdateStatus === 'Successful'
      ? []
      : [problem(says(`was last updated with ${LastUpdateStatus}`, 'Successful'), redeploy)]),
    ...(Runtime === RUNTIME ? [] : [problem(says(`runs on ${Runtime}`, RUNTIME), redeploy)]),
    ...(Architectures.includes(ARCHITECTURE)
      ? []
      : [warning(says(`runs on ${Architectures.join(', ')}`, ARCHITECTURE), redeploy)]),
    ...(Timeout === TIMEOUTS[name]
      ? []
      : [problem(says(`has a timeout of ${Timeout} s`, `${TIMEOUTS[name]} s`), redeploy)]),
    ...(MemorySize >= LEAST_MEMORY
      ? []
      : [warning(says(`has ${MemorySize} MB`, `at least ${LEAST_MEMORY} MB`), redeploy)]),
  ];
}
