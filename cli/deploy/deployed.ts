import type { AwsAccount, StackSummary } from './aws-account.ts';
import { functionsOf, type Template } from './template.ts';

/** What runs under a stage's name. */
export interface Deployed {
  readonly stack: StackSummary;
  readonly template: Template;
  /** Of each function as it runs now, which somebody may have changed by hand. */
  readonly environments: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** @returns undefined where there is nothing yet, or only the bucket of a first deployment that failed */
export async function readDeployed(
  aws: AwsAccount,
  stacks: readonly StackSummary[],
  stackName: string,
): Promise<Deployed | undefined> {
  const stack = stacks.find(({ name }) => name === stackName);
  if (stack === undefined) return undefined;
  const template = await aws.template(stackName);
  const functions = Object.entries(functionsOf(template));
  if (functions.length === 0) return undefined;
  const environments = functions.map(
    async ([name, { functionName }]) => [name, (await aws.environment(functionName)) ?? {}] as const,
  );
  return { stack, template, environments: Object.fromEntries(await Promise.all(environments)) };
}
