import type { StackResource, StackTemplate } from '../../../local/lambda/package-service.ts';

/** What a reviewer asks of the template, after its settings were put in. */
export interface StackRule {
  readonly name: string;
  /** @returns what is against it, by logical id */
  readonly find: (stack: StackTemplate) => readonly string[];
  /** Templates in which it finds something: where, what stands there instead (nothing: `undefined`), the finding. */
  readonly breaks: readonly (readonly [path: string, value: unknown, finding: RegExp])[];
}

export type Properties = StackResource['Properties'];

/** Looks at each resource of a type. A finding that is empty is none. */
export function each(type: string, look: (properties: Properties, id: string) => readonly string[]) {
  return (stack: StackTemplate): readonly string[] =>
    named(stack, type).flatMap(([id, properties]) =>
      look(properties, id)
        .filter((finding) => finding !== '')
        .map((finding) => `${id} ${finding}`),
    );
}

export function named(
  { Resources }: StackTemplate,
  type: string,
): readonly (readonly [string, Properties])[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) =>
    Type === type ? [[id, Properties] as const] : [],
  );
}

/** Whether an ARN, or a reference to its type, means this resource. */
export function isNamed({ Resources }: StackTemplate, id: string, arn: unknown): boolean {
  const properties = Resources[id]?.Properties ?? {};
  const name = properties['QueueName'] ?? properties['FunctionName'] ?? id;
  return typeof arn === 'string' && arn.split(/[:/]/).includes(name);
}
