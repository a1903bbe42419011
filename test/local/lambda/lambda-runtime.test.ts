import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { FunctionInitError } from '../../../local/lambda/function-init-error.ts';
import {
  type FunctionOptions,
  type RunningFunction,
  startFunction,
} from '../../../local/lambda/lambda-runtime.ts';

const bundleDir = fileURLToPath(new URL('../../support/fixtures/echo', import.meta.url));
const running: RunningFunction[] = [];

async function start(options: Partial<FunctionOptions> = {}): Promise<RunningFunction> {
  const started = await startFunction({ bundleDir, handler: 'index.handler', ...options });
  running.push(started);
  return started;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});

describe('a function under the runtime client', () => {
  it('answers events one after the other in one process', async () => {
    const echo = await start();
    const results = await Promise.all([1, 2, 3].map((order) => echo.invoke({ order })));
    expect(results).toMatchObject([1, 2, 3].map((order) => ({ ok: true, payload: { event: { order } } })));
    await echo.stop();
    expect(echo.output()).toBe('handled request-1\nhandled request-2\nhandled request-3\n');
  });

  it('sees the time left of the invocation', async () => {
    const result = await (await start()).invoke({}, { timeoutMs: 1_000_000 });
    expect(result).toMatchObject({ ok: true, payload: { remaining: expect.any(Number) } });
  });

  it('has only the environment that Lambda and the test give it', async () => {
    process.env['PLANTED'] = 'must not leak';
    const result = await (await start({ env: { TABLE_NAME: 'parley' } })).invoke({});
    delete process.env['PLANTED'];
    const environment = result.ok ? (result.payload as { environment: string[] }).environment : [];
    expect(environment).toContain('TABLE_NAME');
    expect(environment).not.toContain('PLANTED');
  });

  it('reports a thrown error with its type and goes on', async () => {
    const echo = await start();
    const failed = await echo.invoke({ fail: 'too far' });
    expect(failed).toMatchObject({ ok: false, error: { errorType: 'RangeError', errorMessage: 'too far' } });
    expect(await echo.invoke({})).toMatchObject({ ok: true });
  });

  it('is killed at its timeout', async () => {
    const result = await (await start()).invoke({ hang: true }, { timeoutMs: 50 });
    expect(result).toMatchObject({ ok: false, error: { errorType: 'Sandbox.Timedout' } });
  });

  it('ends its invocation when it is killed or exits, and takes no further ones', async () => {
    const killed = await start();
    const pending = killed.invoke({ hang: true });
    await killed.kill('SIGKILL');
    expect(await pending).toMatchObject({
      ok: false,
      error: { errorMessage: 'the process ended by SIGKILL' },
    });
    expect(await killed.invoke({})).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });

    const gone = await (await start()).invoke({ exit: 3 });
    expect(gone).toMatchObject({ ok: false, error: { errorMessage: 'the process ended with code 3' } });
  });

  it('does not start with a callback-style handler: nodejs24.x refuses the third parameter', async () => {
    const attempt = start({ handler: 'index.withCallback' });
    await expect(attempt).rejects.toMatchObject({ errorType: 'Runtime.CallbackHandlerDeprecated' });
  });

  it('does not start when loading it throws', async () => {
    const attempt = start({ handler: 'broken.handler' });
    await expect(attempt).rejects.toThrow(FunctionInitError);
    await expect(attempt).rejects.toThrow('TypeError: TABLE_NAME is missing');
  });
});
