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
  const secrets = new Map<string, Kept>();
  let calls = 0;
  let fault: { readonly kind: SecretsFault; readonly stage: SecretStage | undefined } | undefined;

  const put = (secretId: string, value: string, stage: SecretStage = 'AWSCURRENT') => {
    const kept = secrets.get(secretId) ?? { stages: new Map(), changedAt: 0 };
    kept.stages.set(stage, { id: versionOf(stage), value });
    kept.changedAt = Date.now() / 1000;
    secrets.set(secretId, kept);
  };
  const act = (name: string, asked: Asked): Answer => {
    const kept = secrets.get(asked.SecretId);
    if (kept === undefined) return notFound('.');
    return (
      ACTIONS[name]?.(kept, asked) ?? refuse(400, 'UnknownOperationException', `The stand-in has no ${name}`)
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
    return act(String(target).replace('secretsmanager.', ''), JSON.parse(body) as Asked);
  };

  const { origin, close } = await listen(server);
  return {
    origin,
    close,
    put,
    calls: () => calls,
    unlabel: (secretId, stage) => {
      secrets.get(secretId)?.stages.delete(stage);
    },
    fault: (kind, stage) => {
      fault = kind === undefined ? undefined : { kind, stage };
    },
    rotate: (secretId, value) => {
      const previous = secrets.get(secretId)?.stages.get('AWSCURRENT');
      if (previous !== undefined) put(secretId, previous.value, 'AWSPREVIOUS');
      put(secretId, value);
    },
  };
}

/** What a call may be asked with. */
interface Asked {
  readonly SecretId: string;
  readonly VersionStage?: SecretStage;
  readonly SecretString?: string;
  readonly VersionStages?: readonly SecretStage[];
  readonly ClientRequestToken?: string;
  readonly MoveToVersionId?: string;
}

interface Version {
  readonly id: string;
  readonly value: string;
}

interface Kept {
  readonly stages: Map<SecretStage, Version>;
  /** In seconds since the epoch. */
  changedAt: number;
}

const ACTIONS: Readonly<Record<string, (kept: Kept, asked: Asked) => Answer>> = {
  GetSecretValue: ({ stages }, { SecretId, VersionStage = 'AWSCURRENT' }) => {
    const version = stages.get(VersionStage);
    if (version === undefined) return notFound(` value for staging label: ${VersionStage}`);
    const { id: VersionId, value: SecretString } = version;
    return ok(SecretId, { SecretString, VersionId, VersionStages: [VersionStage] });
  },
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
  DescribeSecret: ({ stages, changedAt }, { SecretId }) => {
    const ids: Record<string, SecretStage[]> = {};
    for (const [stage, { id }] of stages) ids[id] = [...(ids[id] ?? []), stage];
    return ok(SecretId, { CreatedDate: changedAt, LastChangedDate: changedAt, VersionIdsToStages: ids });
  },
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
  PutSecretValue: (
    kept,
    { SecretId, SecretString = '', VersionStages = ['AWSCURRENT'], ClientRequestToken = '' },
  ) => {
    for (const stage of VersionStages) label(kept, stage, { id: ClientRequestToken, value: SecretString });
    return ok(SecretId, { VersionId: ClientRequestToken, VersionStages });
  },
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html
  UpdateSecretVersionStage: (kept, { SecretId, VersionStage = 'AWSCURRENT', MoveToVersionId }) => {
    const version = [...kept.stages.values()].find(({ id }) => id === MoveToVersionId);
    if (MoveToVersionId === undefined) kept.stages.delete(VersionStage);
    else if (version === undefined) return notFound(' version.');
    else label(kept, VersionStage, version);
    return ok(SecretId, {});
  },
};

/** What loses AWSCURRENT becomes AWSPREVIOUS by itself. */
function label(kept: Kept, stage: SecretStage, version: Version): void {
  const before = kept.stages.get('AWSCURRENT');
  if (stage === 'AWSCURRENT' && before !== undefined) kept.stages.set('AWSPREVIOUS', before);
  kept.stages.set(stage, version);
  kept.changedAt = Date.now() / 1000;
}

function versionOf(stage: SecretStage): string {
  return `00000000-0000-4000-8000-${stage.toLowerCase().padStart(12, '0')}`;
}

function ok(name: string, body: Answer['body']): Answer {
  const ARN = `arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}-AbCdEf`;
  return { status: 200, body: { ARN, Name: name, ...body } };
}

function notFound(what: string): Answer {
  return refuse(400, 'ResourceNotFoundException', `Secrets Manager can't find the specified secret${what}`);
}

function refuse(status: number, type: string, message: string): Answer {
  return { status, body: { __type: type, Message: message } };
}
