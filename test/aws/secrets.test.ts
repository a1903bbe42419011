import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SecretUnavailableError } from '../../lib/aws/secret-unavailable-error.ts';
import { readApiKey, readAuthTokens } from '../../lib/aws/secrets.ts';
import { type SecretsManagerStandIn, startSecretsManager } from '../../local/lambda/secrets-manager.ts';
import { manualClock } from '../contract/manual-clock.ts';
import { silentLog } from '../support/silent-log.ts';

const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(32)) as [string, string, string];
const ID = 'parley/twilio-auth-token';

let server: SecretsManagerStandIn;
beforeEach(async () => {
  server = await startSecretsManager();
});
afterEach(async () => {
  await server.close();
});

const setUp = () => {
  const clock = manualClock();
  const client = {
    endpoint: server.origin,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  return { clock, log: silentLog(), client };
};

describe('the auth tokens', () => {
  it('are the current, the pending and the previous one', async () => {
    server.put(ID, A);
    server.put(ID, JSON.stringify({ authToken: B }), 'AWSPENDING');
    server.put(ID, C, 'AWSPREVIOUS');
    expect(await readAuthTokens(ID, setUp()).get()).toEqual([A, B, C]);
  });

  it('are one when there is no other version, or the others are the same', async () => {
    server.put(ID, A);
    expect(await readAuthTokens(ID, setUp()).get()).toEqual([A]);
    server.put(ID, A, 'AWSPENDING');
    server.put(ID, ` ${A}\n`, 'AWSPREVIOUS');
    expect(await readAuthTokens(ID, setUp()).get()).toEqual([A]);
  });

  it('do without another version that holds something else', async () => {
    server.put(ID, A);
    server.put(ID, 'to be generated', 'AWSPENDING');
    server.put(ID, B, 'AWSPREVIOUS');
    expect(await readAuthTokens(ID, setUp()).get()).toEqual([A, B]);
  });

  it('include the old one through a rotation, from the first refresh on', async () => {
    const options = setUp();
    server.put(ID, A);
    const tokens = readAuthTokens(ID, options);
    expect(await tokens.get()).toEqual([A]);
    server.rotate(ID, B);
    expect(await tokens.get()).toEqual([A]);
    expect(await tokens.refresh()).toEqual([B, A]);
    const calls = server.calls();
    await tokens.refresh();
    expect(server.calls()).toBe(calls);
  });

  it.each(['error', 'throttle', 'reset'] as const)(
    'outlive Secrets Manager failing with %s',
    async (fault) => {
      const options = setUp();
      server.put(ID, A);
      const tokens = readAuthTokens(ID, options);
      await tokens.get();
      server.fault(fault);
      options.clock.advance(300_000);
      expect(await tokens.get()).toEqual([A]);
      server.fault(undefined);
      server.rotate(ID, B);
      options.clock.advance(30_000);
      expect(await tokens.get()).toEqual([B, A]);
    },
  );

  // Every webhook was answered 503 from a cold start on.
  it.each(['AWSPENDING', 'AWSPREVIOUS'] as const)(
    'are the current one alone while %s is refused or throttled',
    async (stage) => {
      for (const fault of ['denied', 'throttle', 'error', 'reset'] as const) {
        server.put(ID, A);
        server.put(ID, B, stage);
        server.fault(fault, stage);
        const options = setUp();
        expect(await readAuthTokens(ID, options).get(), fault).toEqual([A]);
        expect(options.log.lines).toContainEqual(expect.objectContaining({ secret_version_unreadable: 1 }));
      }
    },
  );

  it('are in doubt while another version fails, and not where it may not be read at all', async () => {
    for (const fault of ['denied', 'throttle', 'error', 'reset'] as const) {
      server.put(ID, A);
      server.put(ID, B, 'AWSPENDING');
      server.fault(fault, 'AWSPENDING');
      const options = setUp();
      const tokens = readAuthTokens(ID, options);
      await tokens.get();
      expect(tokens.doubt?.() instanceof SecretUnavailableError, fault).toBe(fault !== 'denied');
      server.fault(undefined);
      options.clock.advance(30_000);
      expect(await tokens.refresh()).toEqual([A, B]);
      expect(tokens.doubt?.()).toBeUndefined();
    }
  });

  it('keep what another version last held while that cannot be read', async () => {
    server.put(ID, A);
    server.put(ID, B, 'AWSPREVIOUS');
    const options = setUp();
    const tokens = readAuthTokens(ID, options);
    expect(await tokens.get()).toEqual([A, B]);
    server.fault('throttle', 'AWSPREVIOUS');
    options.clock.advance(300_000);
    expect(await tokens.get()).toEqual([A, B]);
  });

  it('lack a token five minutes after the label of its version was taken away, as when it got out', async () => {
    server.put(ID, A);
    server.put(ID, B, 'AWSPREVIOUS');
    const options = setUp();
    const tokens = readAuthTokens(ID, options);
    expect(await tokens.get()).toEqual([A, B]);
    server.unlabel(ID, 'AWSPREVIOUS');
    options.clock.advance(300_000);
    expect(await tokens.get()).toEqual([A]);
  });

  it('are all that one secret holds, shared keys among them', async () => {
    const shared = { key: 'webhooks_sharedkey_01', secret: 'invented' };
    server.put(ID, JSON.stringify({ authTokens: [A, B], sharedKeys: [shared] }));
    server.put(ID, JSON.stringify({ authTokens: [B, C], sharedKeys: [shared] }), 'AWSPREVIOUS');
    expect(await readAuthTokens(ID, setUp()).get()).toMatchObject([A, B, { key: shared.key }, C]);
  });

  it('cannot be had cold while Secrets Manager fails, and can ten seconds after it answers again', async () => {
    server.put(ID, A);
    server.fault('error');
    const options = setUp();
    const tokens = readAuthTokens(ID, options);
    await expect(tokens.get()).rejects.toThrow(`The secret ${ID} cannot be read: InternalServiceError`);
    server.fault(undefined);
    options.clock.advance(10_000);
    expect(await tokens.get()).toEqual([A]);
  });

  it('say how to fix it when the secret does not exist', async () => {
    const error = await readAuthTokens(ID, setUp())
      .get()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SecretUnavailableError);
    expect(String(error)).toContain('no such secret');
  });

  it('name the form wanted when the current version holds something else, and not what it holds', async () => {
    server.put(ID, 'CANARY');
    const error = await readAuthTokens(ID, setUp())
      .get()
      .catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/store the bare token/);
    expect(String(error)).not.toContain('CANARY');
  });
});

describe('the API key', () => {
  it('is the current version alone, in one call', async () => {
    const sid = `SK${'0'.repeat(32)}`;
    server.put('key', JSON.stringify({ apiKeySid: sid, apiKeySecret: 'shh' }));
    const key = await readApiKey('key', setUp()).get();
    expect([key.sid, key.secret]).toEqual([sid, 'shh']);
    expect(server.calls()).toBe(1);
  });
});
