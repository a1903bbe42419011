import type { StackTemplate } from '../../../local/lambda/package-service.ts';

/** Where the stack is, and what a few of its parts are called, by logical id. */
export interface Place {
  readonly region: string;
  readonly account: string;
  readonly names?: Readonly<Record<string, string>>;
}

export const PLACE: Place = { region: 'us-east-1', account: '000000000000' };

/** Every setting that has no value by itself, and those that open something. */
export const EVERY_SETTING: Readonly<Record<string, string>> = {
  DomainName: 'bot.example.com',
  CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-4000-8000-000000000001',
  AlarmPage: 'https://on-call.example.com/parley',
  AlarmTicket: 'team@example.com',
  KmsKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/00000000-0000-4000-8000-000000000002',
  Tracing: 'on',
  DeletionProtection: 'on',
};

/** What `Ref` gives where it is not a name, and `Fn::GetAtt` with `Arn`, by type. */
const KINDS: Readonly<Record<string, { name?: string; ref?: string; arn: string }>> = {
  'AWS::SQS::Queue': {
    name: 'QueueName',
    ref: 'https://sqs.{region}.amazonaws.com/{account}/{name}',
    arn: 'arn:aws:sqs:{region}:{account}:{name}',
  },
  'AWS::DynamoDB::Table': { name: 'TableName', arn: 'arn:aws:dynamodb:{region}:{account}:table/{name}' },
  'AWS::Logs::LogGroup': { name: 'LogGroupName', arn: 'arn:aws:logs:{region}:{account}:log-group:{name}:*' },
  'AWS::Lambda::Function': { name: 'FunctionName', arn: 'arn:aws:lambda:{region}:{account}:function:{name}' },
  'AWS::IAM::Role': { arn: 'arn:aws:iam::{account}:role/{name}' },
  'AWS::CloudWatch::Alarm': { arn: 'arn:aws:cloudwatch:{region}:{account}:alarm:{name}' },
  'AWS::SNS::Topic': { ref: 'arn:aws:sns:{region}:{account}:{name}', arn: '' },
};

const NOTHING = Symbol('AWS::NoValue');

type Node = Readonly<Record<string, unknown>>;

/**
 * The template as CloudFormation sees it for these parameters: conditions decided, references followed, and what is not
 * made left out.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 * @throws Error for a reference to nothing, and for a function that it does not know.
 */
export function resolveTemplate(
  template: StackTemplate,
  parameters: Readonly<Record<string, string>> = {},
  place: Place = PLACE,
): StackTemplate {
  const { Resources, Outputs, Parameters = {}, Conditions = {} } = template;
  const fill = (text: string, name: string) =>
    text.replace('{region}', place.region).replace('{account}', place.account).replace('{name}', name);
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::NoValue': NOTHING,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::Region': place.region,
    'AWS::AccountId': place.account,
  };

  const nameOf = (id: string): string => {
    const { Type, Properties } = Resources[id] ?? missing(id);
    const given = Properties?.[KINDS[Type]?.name ?? ''];
    return place.names?.[id] ?? String(given === undefined ? id : resolve(given));
  };
  const refer = (id: string): unknown => {
    if (id in pseudo) return pseudo[id];
    if (id in Parameters) return parameters[id] ?? Parameters[id]?.Default;
    return fill(KINDS[Resources[id]?.Type ?? '']?.ref ?? '{name}', nameOf(id));
  };
  const attribute = ([id = '', name = '']: readonly string[]): string => {
    const arn = KINDS[Resources[id]?.Type ?? '']?.arn;
    return name === 'Arn' && arn !== undefined ? fill(arn, nameOf(id)) : `${nameOf(id)}.${name}`;
  };
  const substitute = (given: unknown): string => {
    const [text, own] = Array.isArray(given) ? (given as [string, Node]) : [String(given), {}];
    return text.replaceAll(/\$\{([\w:.]+)\}/g, (_, name: string) => {
      if (name in own) return String(resolve(own[name]));
      return name.includes('.') ? attribute(name.split('.')) : String(refer(name));
    });
  };
  const holds = (condition: unknown): boolean => {
    if (typeof condition === 'string') return holds(Conditions[condition] ?? missing(condition));
    const [[name, of]] = Object.entries(condition as Node) as [[string, unknown]];
    const list = of as readonly unknown[];
    if (name === 'Condition') return holds(of);
    if (name === 'Fn::Not') return !holds(list[0]);
    if (name === 'Fn::Or') return list.some(holds);
    if (name === 'Fn::And') return list.every(holds);
    if (name === 'Fn::Equals') return resolve(list[0]) === resolve(list[1]);
    throw new Error(`A condition has ${name}, which is not known here.`);
  };
  const call = (name: string, given: unknown): unknown => {
    if (name === 'Ref') return refer(String(given));
    if (name === 'Fn::GetAtt') return attribute(given as readonly string[]);
    if (name === 'Fn::Sub') return substitute(given);
    if (name === 'Fn::If') {
      const [condition, yes, no] = given as [string, unknown, unknown];
      return resolve(holds(condition) ? yes : no);
    }
    if (name === 'Fn::Join') {
      const [separator, parts] = given as [string, unknown];
      return (resolve(parts) as readonly unknown[]).join(separator);
    }
    if (name === 'Fn::Split') {
      const [separator, text] = given as [string, unknown];
      return String(resolve(text)).split(separator);
    }
    if (name === 'Fn::Select') {
      const [at, list] = given as [number, unknown];
      return (resolve(list) as readonly unknown[])[at];
    }
    throw new Error(`The template has ${name}, which is not known here.`);
  };
  function resolve(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(resolve).filter((item) => item !== NOTHING);
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(node);
    const [[name, given] = ['', undefined]] = entries;
    if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) return call(name, given);
    return Object.fromEntries(
      entries.map(([key, value]) => [key, resolve(value)]).filter(([, value]) => value !== NOTHING),
    );
  }
  const made = <T extends { readonly Condition?: string }>(parts: Readonly<Record<string, T>>) =>
    Object.fromEntries(
      Object.entries(parts)
        .filter(([, { Condition }]) => Condition === undefined || holds(Condition))
        .map(([id, part]) => [id, resolve(part) as T]),
    );
  return { Resources: made(Resources), Outputs: made(Outputs) };
}

function missing(id: string): never {
  throw new Error(`The template has no ${id}.`);
}
