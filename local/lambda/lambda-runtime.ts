import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { FunctionInitError } from './function-init-error.ts';
import { type InvokeResult, type RuntimeApi, startRuntimeApi } from './runtime-api.ts';

export interface FunctionOptions {
  /** The unpacked zip: what Lambda has at LAMBDA_TASK_ROOT. */
  readonly bundleDir: string;
  /** As in serverless.yml: `path/file.export`, relative to bundleDir. */
  readonly handler: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The function's configured timeout in milliseconds. @default 30_000 */
  readonly timeoutMs?: number;
  /** The file of a runtime client whose native part was compiled. @default this project's, with a stand-in for that part */
  readonly compiledClient?: string | undefined;
}

export interface RunningFunction {
  /** Milliseconds from starting the process to its first request for an event. */
  readonly readyMs: number;
  readonly pid: number;
  /** One event at a time. Past its timeout the process is killed, as Lambda does. */
  invoke(event: unknown, options?: { readonly timeoutMs?: number }): Promise<InvokeResult>;
  kill(signal: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
  /** What the function wrote, as CloudWatch Logs would hold it; complete once it has stopped. */
  output(): string;
}

const RUNTIME_CLIENT = fileURLToPath(import.meta.resolve('aws-lambda-ric'));
const NATIVE_CLIENT = fileURLToPath(new URL('./native-client.cjs', import.meta.url));

/**
 * Runs a packaged bundle in its own process under AWS's own runtime client, as nodejs24.x does: a handler with a
 * third parameter is refused, the environment holds only what Lambda and `env` put there.
 * @throws FunctionInitError
 */
export async function startFunction(options: FunctionOptions): Promise<RunningFunction> {
  const api = await startRuntimeApi();
  const started = performance.now();
  const { compiledClient } = options;
  const client =
    compiledClient === undefined ? ['--require', NATIVE_CLIENT, RUNTIME_CLIENT] : [compiledClient];
  const child = spawn(process.execPath, client, {
    cwd: options.bundleDir,
    env: { ...lambdaEnvironment(options, api), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collectOutput(child);
  const exited = once(child, 'close').then(([code, signal]: unknown[]) => {
    const how = signal === null ? `with code ${code}` : `by ${signal}`;
    api.abandon({ errorType: 'Runtime.ExitError', errorMessage: `the process ended ${how}` });
  });
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  const stop = async () => {
    await kill('SIGKILL');
    await api.close();
  };

  const failure = await api.initialised;
  if (failure !== undefined) {
    await stop();
    throw new FunctionInitError(failure, output());
  }
  return {
    readyMs: performance.now() - started,
    pid: child.pid ?? 0,
    invoke: (event, { timeoutMs = options.timeoutMs ?? 30_000 } = {}) => invoke(api, child, event, timeoutMs),
    kill,
    stop,
    output,
  };
}

async function invoke(
  api: RuntimeApi,
  child: ChildProcess,
  event: unknown,
  timeoutMs: number,
): Promise<InvokeResult> {
  let timer: NodeJS.Timeout | undefined;
  const startClock = () => {
    timer = setTimeout(() => {
      api.abandon({ errorType: 'Sandbox.Timedout', errorMessage: `Task timed out after ${timeoutMs} ms` });
      child.kill('SIGKILL');
    }, timeoutMs);
    return Date.now() + timeoutMs;
  };
  try {
    return await api.invoke(event, startClock);
  } finally {
    clearTimeout(timer);
  }
}

function collectOutput(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  }
  return () => chunks.join('');
}

function lambdaEnvironment({ bundleDir, handler }: FunctionOptions, api: RuntimeApi): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    LAMBDA_TASK_ROOT: bundleDir,
    _HANDLER: handler,
    AWS_LAMBDA_RUNTIME_API: api.address,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_FUNCTION_NAME: 'local',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/local',
    // As LoggingConfig has it (serverless.yml).
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_LOG_LEVEL: 'TRACE',
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]00000000000000000000000000000000',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
  };
}
