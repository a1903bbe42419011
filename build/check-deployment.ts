import { type FunctionName, readConfig } from '../lib/config.ts';
import { ConfigError } from '../lib/config-error.ts';
import { type DeployedService, givenSettings } from './apply-deploy-settings.ts';
import { readDeploySettings } from './deploy-settings.ts';

/** Of a function in serverless.yml: texts, and what CloudFormation resolves. */
export type Environment = Readonly<Record<string, unknown>>;

/** The part of the deployment tool that a plugin of ours meets. */
interface Serverless {
  readonly processedInput: { readonly commands: readonly string[] };
  readonly service: DeployedService & {
    readonly functions: Readonly<Record<string, { readonly environment?: Environment }>>;
  };
  getProvider(name: 'aws'): { getRegion(): string };
  readonly classes: { readonly Error: new (message: string) => Error };
}

/** What only CloudFormation will know, as it will look. */
const KNOWN_AFTER_DEPLOYMENT: Readonly<Record<string, string>> = {
  PUBLIC_URL: 'https://example.execute-api.us-east-1.amazonaws.com/webhook',
  QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/parley.fifo',
  TABLE_NAME: 'parley-Table',
};

/**
 * A plugin of the deployment tool: before `serverless deploy` does anything, each function's environment goes
 * through the check that the function itself makes when it starts. Packaging needs no settings, and `npm run package` looks at
 * those that are there (cli/deploy/wrong-settings.ts).
 */
class CheckDeployment {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor(serverless: Serverless) {
    this.hooks = {
      initialize: () => {
        // `deploy list` and `deploy function` are other commands.
        if (serverless.processedInput.commands.join(' ') !== 'deploy') return;
        const { service } = serverless;
        const region = serverless.getProvider('aws').getRegion();
        const problems = [
          ...findProblems(service.functions),
          ...readDeploySettings(givenSettings(service), region).problems,
        ];
        if (problems.length === 0) return;
        const list = problems.map((problem) => `  - ${problem}`).join('\n');
        throw new serverless.classes.Error(`Not deployed; docs/settings.md explains the settings.\n${list}`);
      },
    };
  }
}

// The deployment tool takes the default export.
export { CheckDeployment as default };

/** Every problem once, although two functions may share a setting. */
export function findProblems(functions: Serverless['service']['functions']): readonly string[] {
  const problems = Object.entries(functions).flatMap(([name, { environment = {} }]) => [
    ...secretNameProblems(environment),
    ...configProblems(name as FunctionName, environment),
  ]);
  return [...new Set(problems)];
}

function configProblems(name: FunctionName, environment: Environment): readonly string[] {
  const known = Object.entries(environment).map(([variable, value]) => [
    variable,
    typeof value === 'string' ? value : KNOWN_AFTER_DEPLOYMENT[variable],
  ]);
  try {
    readConfig(name, { ...Object.fromEntries(known), AWS_LAMBDA_FUNCTION_NAME: name });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

/** The roles name the secret by an ARN that is made from its name. */
function secretNameProblems(environment: Environment): readonly string[] {
  return Object.entries(environment)
    .filter(([variable, value]) => variable.endsWith('_SECRET_ID') && !/^[\w/+=.@-]+$/.test(String(value)))
    .map(([variable, value]) => `${variable} is "${value}": give the name of the secret, not its ARN.`);
}
