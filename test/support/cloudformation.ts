import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../local/lambda/listen.ts';

export interface CloudFormationStandIn {
  readonly origin: string;
  /** Every call in order: `CreateStack`, `UpdateStack`, … with its parameters. */
  readonly calls: readonly { readonly action: string; readonly parameters: URLSearchParams }[];
  close(): Promise<void>;
}

const STACK_ID = 'arn:aws:cloudformation:us-east-1:000000000000:stack/parley-dev/1';
export const BUCKET = 'deployment-bucket';

/**
 * As much of CloudFormation as a deployment asks for. It takes every template: it proves the way of the command,
 * not that AWS accepts what is sent. What is not CloudFormation (Lambda, asked for what is deployed) has nothing.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html
 */
export async function startCloudFormation(
  outputs: Readonly<Record<string, string>>,
): Promise<CloudFormationStandIn> {
  const calls: { action: string; parameters: URLSearchParams }[] = [];
  const events: string[] = [];
  const act = (action: string): string | undefined => {
    if (action === 'CreateStack' || action === 'UpdateStack') {
      events.unshift(stackEvent(`${action.slice(0, 6).toUpperCase()}_COMPLETE`, events.length));
      return `<StackId>${STACK_ID}</StackId>`;
    }
    if (action === 'DescribeStackEvents') return `<StackEvents>${events.join('')}</StackEvents>`;
    if (action === 'DescribeStacks')
      return events.length === 0 ? undefined : `<Stacks>${stack(outputs)}</Stacks>`;
    if (action === 'DescribeStackResource') {
      if (events.length === 0) return undefined;
      return `<StackResourceDetail><StackId>${STACK_ID}</StackId><PhysicalResourceId>${BUCKET}</PhysicalResourceId></StackResourceDetail>`;
    }
    return '';
  };

  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') {
      response.writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException' });
      response.end('{"Message":"Function not found"}');
      return;
    }
    const parameters = new URLSearchParams(await text(request));
    const action = parameters.get('Action') ?? '';
    calls.push({ action, parameters });
    const result = act(action);
    response.writeHead(result === undefined ? 400 : 200, { 'content-type': 'text/xml' });
    response.end(
      result === undefined
        ? '<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack does not exist</Message></Error></ErrorResponse>'
        : `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
    );
  });
  const { origin, close } = await listen(server);
  return { origin, close, calls };
}

function stack(outputs: Readonly<Record<string, string>>): string {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<member><StackId>${STACK_ID}</StackId><StackName>parley-dev</StackName>
    <CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>UPDATE_COMPLETE</StackStatus>
    <Outputs>${members.join('')}</Outputs></member>`;
}

/** Dated ahead, because the deployment tool ignores events from before its own call. */
function stackEvent(status: string, number: number): string {
  const time = new Date(Date.now() + 60_000).toISOString();
  return `<member><EventId>${number}</EventId><StackId>${STACK_ID}</StackId><StackName>parley-dev</StackName>
    <LogicalResourceId>parley-dev</LogicalResourceId><PhysicalResourceId>${STACK_ID}</PhysicalResourceId>
    <ResourceType>AWS::CloudFormation::Stack</ResourceType><Timestamp>${time}</Timestamp>
    <ResourceStatus>${status}</ResourceStatus></member>`;
}
