import { Agent, createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AwsLocal, ClientOptions } from '../../../local/lambda/aws-local.ts';
import { listen } from '../../../local/lambda/listen.ts';
import { accessRequests, type Grounds } from './access-requests.ts';
import { type AccessRequest, isAllowed, type Statement } from './evaluate-policy.ts';

/** AWS's services with a guard in front of them, who lets pass what the role of the moment grants. */
export interface GuardedAws {
  readonly queueUrl: string;
  /** Leads any AWS SDK to the guard. */
  readonly env: Readonly<Record<string, string>>;
  readonly client: ClientOptions;
  /** Everything from now on is asked by somebody with this role. */
  grant(statements: readonly Statement[]): void;
  /** From now on calls for these actions fail for a reason that has nothing to do with rights. */
  putOutOfOrder(...actions: readonly string[]): void;
  /** What a service does in the function's name without a call of ours. */
  ask(request: AccessRequest): void;
  /** What was refused since the role was granted, once each. */
  refused(): readonly string[];
  close(): Promise<void>;
}

const SERVICES: Readonly<Record<string, string>> = {
  AmazonSQS: 'AWS_ENDPOINT_URL_SQS',
  DynamoDB_20120810: 'AWS_ENDPOINT_URL_DYNAMODB',
  secretsmanager: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
};

export async function guardAws(aws: AwsLocal, grounds: Grounds): Promise<GuardedAws> {
  let granted: readonly Statement[] = [];
  let broken: readonly string[] = [];
  let refused = new Set<string>();
  const ask = (request: AccessRequest): boolean => {
    const may = isAllowed(granted, request);
    const keys = request.context?.['dynamodb:LeadingKeys'];
    if (!may) refused.add([request.action, ...(keys ?? [])].join(' '));
    return may;
  };

  const agent = new Agent({ keepAlive: true });
  const server = createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target']);
    const body = await text(request);
    const answer = (status: number, type: string, message: string) => {
      response.writeHead(status, {
        'content-type': String(request.headers['content-type']),
        'x-amzn-query-error': `${type.replace(/^.*#|Exception$/g, '')};Sender`,
      });
      response.end(JSON.stringify({ __type: type, Message: message, message }));
    };
    const asked = accessRequests(target, JSON.parse(body), grounds);
    const [first] = asked;
    if (first !== undefined && broken.includes(first.action)) {
      return answer(400, 'ValidationException', 'It is out of order.');
    }
    const forbidden = asked.find((one) => !ask(one));
    if (forbidden !== undefined) {
      return answer(...denied(target, forbidden));
    }
    const [service = ''] = target.split('.');
    const passed = httpRequest(
      new URL(aws.env[SERVICES[service] ?? ''] ?? ''),
      { method: 'POST', agent, headers: withoutLength(request.headers) },
      (result) => {
        response.writeHead(result.statusCode ?? 0, result.headers);
        result.pipe(response);
      },
    );
    passed.end(body.replaceAll(guard.origin, aws.env['AWS_ENDPOINT_URL_SQS'] ?? ''));
  });
  const guard = await listen(server);
  const endpoints = Object.values(SERVICES).map((variable) => [variable, guard.origin]);
  return {
    queueUrl: aws.queueUrl.replace(/^http:\/\/[^/]+/, guard.origin),
    env: { ...aws.env, ...Object.fromEntries(endpoints) },
    client: { ...aws.clients.sqs, endpoint: guard.origin },
    grant: (statements) => {
      [granted, broken, refused] = [statements, [], new Set()];
    },
    putOutOfOrder: (...actions) => {
      broken = actions;
    },
    ask,
    refused: () => [...refused],
    close: async () => {
      agent.destroy();
      await guard.close();
    },
  };
}

/** The queue's URL in the body is another one behind the guard. */
function withoutLength({ 'content-length': _, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers;
}

/** As each service says it. Only SQS has a word of its own for the key. */
function denied(target: string, { action, resource }: AccessRequest): [number, string, string] {
  const message = `User: arn:aws:sts::000000000000:assumed-role/role/function is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  if (target.startsWith('secretsmanager.')) return [400, 'AccessDeniedException', message];
  if (target.startsWith('AmazonSQS.') && action.startsWith('kms:'))
    return [400, 'com.amazonaws.sqs#KmsAccessDenied', message];
  const status = target.startsWith('AmazonSQS.') ? 403 : 400;
  return [status, 'com.amazon.coral.service#AccessDeniedException', message];
}
