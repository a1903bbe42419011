import type { Manifest } from '../../build/manifest.ts';

/** A template of ours as far as a deployment looks into it: of the package, of what is deployed, of what was. */
export interface Template {
  readonly Metadata?: { readonly parley?: Manifest };
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Resources: Readonly<Record<string, Resource>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A function of a template. */
export interface TemplateFunction {
  /** `parley-prod-reply` */
  readonly functionName: string;
  /** Texts, and what only CloudFormation knows. */
  readonly environment: Readonly<Record<string, unknown>>;
  /** Where its zip is in the deployment bucket. */
  readonly key: string;
}

/** Its functions by the names that they have in serverless.yml: `reply`. */
export function functionsOf({ Resources }: Template): Readonly<Record<string, TemplateFunction>> {
  const functions = Object.values(Resources).flatMap(({ Type, Properties = {} }) => {
    if (Type !== 'AWS::Lambda::Function') return [];
    const { FunctionName, Environment, Code } = Properties as unknown as FunctionProperties;
    const made = { functionName: FunctionName, environment: Environment?.Variables ?? {}, key: Code.S3Key };
    return [[FunctionName.replace(/.*-/, ''), made] as const];
  });
  return Object.fromEntries(functions);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
interface FunctionProperties {
  readonly FunctionName: string;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
  readonly Code: { readonly S3Key: string };
}

/** The folder of the deployment bucket that holds its zips: which deployment it is. Undefined of one without functions. */
export function deploymentOf(template: Template): string | undefined {
  return Object.values(functionsOf(template))[0]?.key.replace(/\/[^/]*$/, '');
}
