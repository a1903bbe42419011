import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from './listen.ts';

export type SecretStage = 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS';

/** `error`: 500 InternalServiceError; `throttle`, `denied`: 400 …Exception; `reset`: the connection is cut. */
export type SecretsFault = 'error' | 'throttle' | 'denied' | 'reset';

export interface SecretsManagerStandIn {
  readonly origin: string;
  /** How many GetSecretValue requests came, refused and faulted ones included. */
  calls(): number;
  put(secretId: string, value: string, stage?: SecretStage): void;
  /** A new current value; the old one becomes AWSPREVIOUS, as a finished rotation leaves it. */
  rotate(secretId: string, value: string): void;
  /** Takes the label away: no version has it any more. */
  unlabel(secretId: string, stage: SecretStage): void;
  /** Every request, or every one for a stage, meets this fault until it is switched off with `undefined`. */
  fault(kind: SecretsFault | undefined, stage?: SecretStage): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The part of AWS Secrets Manager that parley calls, in its own JSON 1.1 over HTTP:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export async function startSecretsManager(): Promise<SecretsManagerStandIn> {
  const secrets = new Map<string, Map<string, string>>();
  let calls = 0;
  let fault: { readonly kind: SecretsFault; readonly stage: SecretStage | undefined } | undefined;

  const put = (secretId: string, value: string, stage: SecretStage = 'AWSCURRENT') => {
    const stages = secrets.get(secretId) ?? new Map<string, string>();
    secrets.set(secretId, stages.set(stage, value));
  };
  const get = (secretId: string, stage: string): Answer => {
    const stages = secrets.get(secretId);
    const value = stages?.get(stage);
    if (value !== undefined) return found(secretId, stage, value);
    const missing = stages === undefined ? '.' : ` value for staging label: ${stage}`;
    return refuse(
      400,
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret${missing}`,
    );
  };

  const server = createServer(async (request, response) => {
    const body = await text(request);
    calls += 1;
    const current = fault?.stage === undefined || body.includes(`"${fault.stage}"`) ? fault?.kind : undefined;
    if (current === 'reset') {
      response.destroy();
      return;
    }
    const { status, body: json } = answer(request.headers['x-amz-target'], body, current);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(json));
  });
  const answer = (target: unknown, body: string, current: SecretsFault | undefined): Answer => {
    if (current === 'error')
      return refuse(500, 'InternalServiceError', 'An error occurred on the server side.');
    if (current === 'throttle') return refuse(400, 'ThrottlingException', 'Rate exceeded');
    if (current === 'denied') return refuse(400, 'AccessDeniedException', 'User is not authorized');
    if (target !== 'secretsmanager.GetSecretValue') {
      return refuse(400, 'UnknownOperationException', `The stand-in has no ${String(target)}`);
    }
    const { SecretId, VersionStage = 'AWSCURRENT' } = JSON.parse(body) as Record<string, string>;
    return get(SecretId ?? '', VersionStage);
  };

  const { origin, close } = await listen(server);
  return {
    origin,
    close,
    put,
    calls: () => calls,
    unlabel: (secretId, stage) => {
      secrets.get(secretId)?.delete(stage);
    },
    fault: (kind, stage) => {
      fault = kind === undefined ? undefined : { kind, stage };
    },
    rotate: (secretId, value) => {
      const previous = secrets.get(secretId)?.get('AWSCURRENT');
      if (previous !== undefined) put(secretId, previous, 'AWSPREVIOUS');
      put(secretId, value);
    },
  };
}

function found(name: string, stage: string, value: string): Answer {
  const arn = `arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}-AbCdEf`;
  const version = `00000000-0000-4000-8000-${stage.toLowerCase().padStart(12, '0')}`;
  return {
    status: 200,
    body: { ARN: arn, Name: name, SecretString: value, VersionId: version, VersionStages: [stage] },
  };
}

function refuse(status: number, type: string, message: string): Answer {
  return { status, body: { __type: type, Message: message } };
}
