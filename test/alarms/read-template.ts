import { readFileSync } from 'node:fs';
import { type CollectionTag, parse, type ScalarTag } from 'yaml';

/** One resource as CloudFormation gets it. */
export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  // biome-ignore lint/suspicious/noExplicitAny: each resource type has its own shape; CloudFormation's validator knows them all
  readonly Properties: Readonly<Record<string, any>>;
}

/** CloudFormation's short forms as far as stack/ uses them: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const TAGS: (ScalarTag | CollectionTag)[] = [
  { tag: '!Ref', resolve: (name: string) => ({ Ref: name }) },
  { tag: '!Sub', resolve: (text: string) => ({ 'Fn::Sub': text }) },
  { tag: '!GetAtt', resolve: (name: string) => ({ 'Fn::GetAtt': name.split(/\.(.*)/, 2) }) },
];

const VARIABLE = /\$\{((?:self|sls|env|opt):[^${}]*)\}/;

/**
 * The resources of one file of stack/ as the deployment tool hands them on, for the stage `dev` and with every setting
 * at its default; a test holds them against the packaged template. Reading them takes milliseconds, packaging seconds.
 */
export function readResources(file: string): Readonly<Record<string, Resource>> {
  return resolveAll(parseTemplate(file)['Resources']) as Readonly<Record<string, Resource>>;
}

function parseTemplate(file: string): Record<string, unknown> {
  return parse(readFileSync(file, 'utf8'), { merge: true, customTags: TAGS }) as Record<string, unknown>;
}

const service = parseTemplate('serverless.yml');

function resolveAll(value: unknown): unknown {
  if (typeof value === 'string') return resolve(value);
  if (Array.isArray(value)) return value.map(resolveAll);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolveAll(inner)]));
}

/** The deployment tool's own variables, from the inside out; CloudFormation's stay. */
function resolve(text: string): unknown {
  const [variable, inside] = VARIABLE.exec(text) ?? [];
  if (variable === undefined || inside === undefined) return text;
  const value = lookUp(inside);
  return variable === text ? resolveAll(value) : resolve(text.replace(variable, String(value)));
}

/** The first of several sources, separated by commas, that has a value. */
function lookUp(inside: string): unknown {
  for (const source of inside.split(',').map((part) => part.trim())) {
    if (source === 'sls:stage') return 'dev';
    const literal = /^'(.*)'$|^(\d+)$/.exec(source);
    if (literal !== null) return literal[1] ?? Number(literal[2]);
    const [, path] = /^self:(.*)/.exec(source) ?? [];
    const found = path
      ?.split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], service);
    if (found !== undefined) return found;
  }
  throw new Error(`The variable \${${inside}} has no value.`);
}
