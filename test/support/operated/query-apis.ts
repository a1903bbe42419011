import { REGION, type Shown, STACK } from './shown.ts';

/** An answer of a stand-in: its status, and its body as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const STACK_ID = `arn:aws:cloudformation:${REGION}:000000000000:stack/${STACK}/1`;

/**
 * The services that take a form and answer in XML: CloudFormation, STS and SNS.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 * https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
export function answerQuery(shown: Shown, form: URLSearchParams): WireAnswer {
  const action = form.get('Action') ?? '';
  const result = ACTIONS[action]?.(shown, form);
  if (typeof result !== 'string') {
    const { code, message } = result ?? { code: 'InvalidAction', message: `The stand-in has no ${action}` };
    return xml(
      400,
      `<ErrorResponse><Error>${element({ Code: code, Message: message })}</Error></ErrorResponse>`,
    );
  }
  return xml(200, `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`);
}

interface Refusal {
  readonly code: string;
  readonly message: string;
}

const ACTIONS: Readonly<Record<string, (shown: Shown, form: URLSearchParams) => string | Refusal>> = {
  DescribeStacks: ({ stack }, form) => {
    const { outputs, tags, StackStatus } = stack;
    if (form.get('StackName') !== STACK) return noStack(form);
    const name = { StackId: STACK_ID, StackName: STACK, CreationTime: '2026-11-20T08:00:00Z', StackStatus };
    return `<Stacks><member>${element(name)}
      <Outputs>${pairs(outputs, 'OutputKey', 'OutputValue')}</Outputs>
      <Tags>${pairs(tags, 'Key', 'Value')}</Tags></member></Stacks>`;
  },
  ListStackResources: ({ stack }, form) => {
    if (form.get('StackName') !== STACK) return noStack(form);
    const all = stack.resources.map((one) =>
      member({ ...one, LastUpdatedTimestamp: '2026-11-20T08:00:00Z' }),
    );
    return `<StackResourceSummaries>${all.join('')}</StackResourceSummaries>`;
  },
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplateSummary.html
  GetTemplateSummary: ({ stack }) =>
    element(
      stack.commit === undefined ? {} : { Metadata: JSON.stringify({ parley: { commit: stack.commit } }) },
    ),
  GetCallerIdentity: ({ caller }) =>
    caller === undefined
      ? { code: 'InvalidClientTokenId', message: 'The security token included in the request is invalid.' }
      : element({ ...caller, UserId: 'AIDACKCEVSQ6C2EXAMPLE' }),
  ListSubscriptionsByTopic: ({ subscriptions }, form) => {
    const TopicArn = form.get('TopicArn') ?? '';
    const all = subscriptions
      .filter((one) => one.TopicArn === TopicArn)
      .map((one) => member({ ...one, Owner: '000000000000', Endpoint: '' }));
    return `<Subscriptions>${all.join('')}</Subscriptions>`;
  },
};

function noStack(form: URLSearchParams): Refusal {
  return { code: 'ValidationError', message: `Stack with id ${form.get('StackName')} does not exist` };
}

function pairs(values: Readonly<Record<string, string>>, key: string, value: string): string {
  return Object.entries(values)
    .map(([name, text]) => member({ [key]: name, [value]: text }))
    .join('');
}

const member = (values: Readonly<Record<string, string>>) => `<member>${element(values)}</member>`;

function element(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, text]) => `<${name}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`)
    .join('');
}

const xml = (status: number, body: string): WireAnswer => ({ status, type: 'text/xml', body });
