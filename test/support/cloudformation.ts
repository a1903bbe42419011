import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../local/lambda/listen.ts';
import type { StackTemplate } from '../../local/lambda/package-service.ts';
import { applyTemplate, type ModelStack, newStack, type Taken, takeAway } from './stack-model.ts';

export interface CloudFormationStandIn {
  readonly origin: string;
  /** Every call in order: `CreateStack`, `UpdateStack`, … with its parameters. */
  readonly calls: readonly { readonly action: string; readonly parameters: URLSearchParams }[];
  readonly stacks: ReadonlyMap<string, ModelStack>;
  /** Which names the account has, and whose they are (stack-model.ts). */
  readonly taken: Taken;
  /** The next operation fails at this logical id. */
  failAt(logicalId: string | undefined): void;
  /** What somebody changes by hand in Lambda's console. */
  readonly byHand: Map<string, Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

interface Options {
  /** Of every stack. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Where templates are read from that are named by their address. */
  readonly s3: string;
  /** The values of settings that only CloudFormation knows. */
  readonly resolved: Readonly<Record<string, string>>;
}

/** Of an account that has existed for a while. */
const CONCURRENCY = 1_000;

export const BUCKET = 'deployment-bucket';

/**
 * As much of CloudFormation as a deployment asks for, and of Lambda what it is asked of the functions in its stacks. It
 * takes every template: it proves the way of the command, not that AWS accepts what is sent.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html
 */
export async function startCloudFormation({
  outputs,
  s3,
  resolved,
}: Options): Promise<CloudFormationStandIn> {
  const calls: { action: string; parameters: URLSearchParams }[] = [];
  const events: string[] = [];
  const stacks = new Map<string, ModelStack>();
  const taken: Taken = new Map();
  const byHand = new Map<string, Readonly<Record<string, string>>>();
  let failsAt: string | undefined;

  /** @param verb `CREATE` or `UPDATE` */
  async function change(name: string, verb: string, parameters: URLSearchParams): Promise<string> {
    const stack = stacks.get(name) ?? newStack(tagsIn(parameters));
    stacks.set(name, stack);
    events.unshift(event(name, name, `${verb}_IN_PROGRESS`, events.length));
    const failed = applyTemplate(name, stack, await readTemplate(parameters), taken, failsAt);
    if (failed !== undefined) {
      failsAt = undefined;
      events.unshift(event(name, failed.logicalId, `${verb}_FAILED`, events.length, failed.reason));
      events.unshift(event(name, name, `${verb}_ROLLBACK_IN_PROGRESS`, events.length));
    }
    stack.status = failed === undefined ? `${verb}_COMPLETE` : `${verb}_ROLLBACK_COMPLETE`;
    events.unshift(event(name, name, stack.status, events.length));
    return `<StackId>${stackId(name)}</StackId>`;
  }

  async function readTemplate(parameters: URLSearchParams): Promise<StackTemplate> {
    const body = parameters.get('TemplateBody');
    if (body !== null) return JSON.parse(body) as StackTemplate;
    const { pathname } = new URL(parameters.get('TemplateURL') ?? '');
    return (await (await fetch(`${s3}${pathname}`)).json()) as StackTemplate;
  }

  function remove(name: string): string {
    for (const resource of Object.values(stacks.get(name)?.template.Resources ?? {}))
      takeAway(resource, taken);
    stacks.delete(name);
    events.unshift(event(name, name, 'DELETE_IN_PROGRESS', events.length));
    events.unshift(event(name, name, 'DELETE_COMPLETE', events.length));
    return '';
  }

  async function act(action: string, parameters: URLSearchParams): Promise<string | undefined> {
    const name = (parameters.get('StackName') ?? '').replace(/^arn:.*:stack\/([^/]*)\/.*/, '$1');
    if (action === 'CreateStack') return change(name, 'CREATE', parameters);
    if (action === 'UpdateStack') return change(name, 'UPDATE', parameters);
    if (action === 'DeleteStack') return remove(name);
    if (action === 'DescribeStackEvents') return `<StackEvents>${events.join('')}</StackEvents>`;
    if (action === 'DescribeStacks') {
      if (name !== '' && !stacks.has(name)) return undefined;
      const shown = [...stacks].filter(([each]) => name === '' || each === name);
      return `<Stacks>${shown.map(([each, stack]) => describe(each, stack, outputs)).join('')}</Stacks>`;
    }
    if (action === 'GetTemplate') {
      const stack = stacks.get(name);
      return stack && `<TemplateBody>${asXml(JSON.stringify(stack.template))}</TemplateBody>`;
    }
    if (action === 'DescribeStackResource') {
      const id = parameters.get('LogicalResourceId') ?? '';
      if (stacks.get(name)?.template.Resources[id] === undefined) return undefined;
      const physical = id === 'ServerlessDeploymentBucket' ? BUCKET : `${name}-${id}`;
      return `<StackResourceDetail><StackId>${stackId(name)}</StackId><PhysicalResourceId>${physical}</PhysicalResourceId></StackResourceDetail>`;
    }
    return '';
  }

  /** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
  function lambda(path: string): object | undefined {
    if (path.startsWith('/2016-08-19/account-settings')) {
      return { AccountLimit: { UnreservedConcurrentExecutions: CONCURRENCY } };
    }
    const [, wanted] = /^\/2015-03-31\/functions\/([^/]+)\/configuration$/.exec(path) ?? [];
    const resources = [...stacks.values()].flatMap(({ template }) => Object.values(template.Resources));
    const found = resources.find(({ Properties }) => Properties?.['FunctionName'] === wanted);
    if (wanted === undefined || found === undefined) return undefined;
    const variables = Object.entries<unknown>(found.Properties['Environment'].Variables).map(
      ([name, value]) => [name, typeof value === 'string' ? value : resolved[name]],
    );
    return { Environment: { Variables: { ...Object.fromEntries(variables), ...byHand.get(wanted) } } };
  }

  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') {
      const found = lambda(request.url ?? '');
      response.writeHead(found === undefined ? 404 : 200, {
        ...(found === undefined && { 'x-amzn-errortype': 'ResourceNotFoundException' }),
      });
      response.end(JSON.stringify(found ?? { Message: 'Function not found' }));
      return;
    }
    const body = await text(request);
    // Whether there is a repository of images, which nothing of ours has.
    if (request.headers['x-amz-target'] !== undefined) {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end('{"__type":"RepositoryNotFoundException"}');
      return;
    }
    const parameters = new URLSearchParams(body);
    const action = parameters.get('Action') ?? '';
    calls.push({ action, parameters });
    const result = await act(action, parameters);
    response.writeHead(result === undefined ? 400 : 200, { 'content-type': 'text/xml' });
    response.end(
      result === undefined
        ? `<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id ${parameters.get('StackName')} does not exist</Message></Error></ErrorResponse>`
        : `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
    );
  });
  const { origin, close } = await listen(server);
  const failAt = (logicalId: string | undefined) => {
    failsAt = logicalId;
  };
  return { origin, close, calls, stacks, taken, failAt, byHand };
}

function tagsIn(parameters: URLSearchParams): Readonly<Record<string, string>> {
  const tags = [...parameters].flatMap(([key, name]) => {
    const [, number] = /^Tags\.member\.(\d+)\.Key$/.exec(key) ?? [];
    return number === undefined ? [] : [[name, parameters.get(`Tags.member.${number}.Value`) ?? ''] as const];
  });
  return Object.fromEntries(tags);
}

const stackId = (name: string) => `arn:aws:cloudformation:us-east-1:000000000000:stack/${name}/1`;

function describe(name: string, { status, tags }: ModelStack, outputs: Options['outputs']): string {
  const members = (of: Readonly<Record<string, string>>, [key, value]: readonly [string, string]) =>
    Object.entries(of).map(
      (one) => `<member><${key}>${one[0]}</${key}><${value}>${one[1]}</${value}></member>`,
    );
  return `<member><StackId>${stackId(name)}</StackId><StackName>${name}</StackName>
    <CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus>
    <Outputs>${members(outputs, ['OutputKey', 'OutputValue']).join('')}</Outputs>
    <Tags>${members(tags, ['Key', 'Value']).join('')}</Tags></member>`;
}

/** Dated ahead, because the deployment tool ignores events from before its own call. */
function event(stack: string, logicalId: string, status: string, number: number, reason = ''): string {
  const time = new Date(Date.now() + 60_000).toISOString();
  const type = logicalId === stack ? 'AWS::CloudFormation::Stack' : 'AWS::Rehearsed::Resource';
  return `<member><EventId>${number}</EventId><StackId>${stackId(stack)}</StackId><StackName>${stack}</StackName>
    <LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${logicalId}</PhysicalResourceId>
    <ResourceType>${type}</ResourceType><Timestamp>${time}</Timestamp>
    <ResourceStatus>${status}</ResourceStatus><ResourceStatusReason>${asXml(reason)}</ResourceStatusReason></member>`;
}

function asXml(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
