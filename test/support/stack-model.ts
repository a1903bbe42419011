import type { StackResource, StackTemplate } from '../../local/lambda/package-service.ts';

/** A stack of the stand-in for CloudFormation. */
export interface ModelStack {
  status: string;
  template: StackTemplate;
  tags: Readonly<Record<string, string>>;
  /** How each of its operations changed it: logical ids. */
  readonly changes: { readonly added: readonly string[]; readonly removed: readonly string[] }[];
}

/** The names that are taken in the account, and by which stack; by nobody where a stack left its resource behind. */
export type Taken = Map<string, string | undefined>;

const EMPTY: StackTemplate = { Resources: {}, Outputs: {} };

export function newStack(tags: ModelStack['tags']): ModelStack {
  return { status: '', template: EMPTY, tags, changes: [] };
}

/** Properties that give a resource a name of its own, which nothing else in the account may have. */
const NAMES = [
  'FunctionName',
  'QueueName',
  'LogGroupName',
  'RoleName',
  'TopicName',
  'DashboardName',
  'AlarmName',
];

function nameOf({ Type, Properties = {} }: StackResource): string | undefined {
  const name = NAMES.map((property) => Properties[property]).find((value) => typeof value === 'string');
  return name === undefined ? undefined : `${Type} ${name}`;
}

/**
 * Gives a stack another template, resource by resource in its order. What fails is taken back: what was made is deleted,
 * unless its DeletionPolicy is `Retain`; `RetainExceptOnCreate` retains it only later.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 *
 * @param failsAt the logical id of a resource that cannot be made
 * @returns why it failed
 */
export function applyTemplate(
  stackName: string,
  stack: ModelStack,
  template: StackTemplate,
  taken: Taken,
  failsAt?: string,
): { readonly logicalId: string; readonly reason: string } | undefined {
  const added = Object.entries(template.Resources).filter(([id]) => !(id in stack.template.Resources));
  const made: StackResource[] = [];
  for (const [id, resource] of added) {
    const name = nameOf(resource);
    const reason =
      id === failsAt ? 'made to fail' : taken.has(name ?? '') ? `${name} already exists` : undefined;
    if (reason !== undefined) {
      for (const one of made) {
        if (one.DeletionPolicy === 'Retain') leave(one, taken);
        else taken.delete(nameOf(one) ?? '');
      }
      return { logicalId: id, reason };
    }
    made.push(resource);
    if (name !== undefined) taken.set(name, stackName);
  }
  const removed = Object.entries(stack.template.Resources).filter(([id]) => !(id in template.Resources));
  for (const [, resource] of removed) takeAway(resource, taken);
  stack.template = template;
  stack.changes.push({ added: added.map(([id]) => id), removed: removed.map(([id]) => id) });
  return undefined;
}

/** As when its stack is deleted, or a template has it no more. */
export function takeAway(resource: StackResource, taken: Taken): void {
  if (/^Retain/.test(resource.DeletionPolicy ?? '')) leave(resource, taken);
  else taken.delete(nameOf(resource) ?? '');
}

function leave(resource: StackResource, taken: Taken): void {
  const name = nameOf(resource);
  if (name !== undefined) taken.set(name, undefined);
}

/**
 * Properties by which CloudFormation makes another resource in the place of one, as each type's page says, for those
 * types whose resources are more than a rule about others.
 */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema'],
  'AWS::Lambda::Function': ['FunctionName'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
  'AWS::ApiGatewayV2::Stage': ['ApiId', 'StageName'],
  'AWS::Lambda::EventSourceMapping': ['EventSourceArn'],
  'AWS::SNS::Topic': ['TopicName', 'FifoTopic'],
  'AWS::IAM::Role': ['RoleName', 'Path'],
  'AWS::Events::Rule': ['Name'],
  'AWS::S3::Bucket': ['BucketName'],
};

/** The logical ids whose resource an update would replace. */
export function findReplaced(before: StackTemplate, after: StackTemplate): readonly string[] {
  return Object.entries(before.Resources).flatMap(([id, was]) => {
    const is = after.Resources[id];
    if (is === undefined) return [];
    const same = (property: string) =>
      JSON.stringify(was.Properties?.[property]) === JSON.stringify(is.Properties?.[property]);
    const isSame = was.Type === is.Type && (REPLACING[was.Type] ?? []).every(same);
    return isSame ? [] : [id];
  });
}
