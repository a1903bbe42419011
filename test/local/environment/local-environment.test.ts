import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEnvFile } from '../../../cli/environment/parse-env-file.ts';
import { localEnvironment } from '../../../local/environment/local-environment.ts';
import { world } from '../../../local/serve.ts';
import { showSecrets } from '../../../local/show-secrets.ts';
import { run, withFolder } from '../../cli/support.ts';

const USED = ['BOT_MODE', 'AGENTS', 'LOG_LEVEL', 'TWILIO_AUTH_TOKEN'];
const SECRET = 'a'.repeat(32);

/** What a command gets, and what is said, when this is in the folder where it is called. */
async function read(text: string | undefined, outer: Readonly<Record<string, string>> = {}) {
  return await withFolder(async (cwd) => {
    if (text !== undefined) await writeFile(join(cwd, '.env'), text);
    const said: string[] = [];
    const environment = await localEnvironment(USED, { cwd, err: (line) => said.push(line) }, outer);
    return { environment, said };
  });
}

describe('a file .env', () => {
  it('is not needed', async () => {
    expect(await read(undefined, { A: 'b' })).toEqual({ environment: { A: 'b' }, said: [] });
  });

  it('gives settings, which are said by name and never by value', async () => {
    const text = `# mine\n\nBOT_MODE=dry-run\nexport AGENTS="a, b" # two\nTWILIO_AUTH_TOKEN='${SECRET}'\n`;
    const { environment, said } = await read(text);
    expect(environment).toEqual({ BOT_MODE: 'dry-run', AGENTS: 'a, b', TWILIO_AUTH_TOKEN: SECRET });
    expect(said).toEqual(['.env: read BOT_MODE, AGENTS and TWILIO_AUTH_TOKEN.']);
  });

  it('may have been written on Windows', async () => {
    const { environment, said } = await read('\uFEFFBOT_MODE=off\r\nLOG_LEVEL=debug\r\n');
    expect(environment).toEqual({ BOT_MODE: 'off', LOG_LEVEL: 'debug' });
    expect(said).toEqual(['.env: read BOT_MODE and LOG_LEVEL.']);
  });

  it.each([['live'], ['']])('gives way to the environment, here to %j, and says so', async (BOT_MODE) => {
    const { environment, said } = await read('BOT_MODE=off\nAGENTS=a', { BOT_MODE });
    expect(environment).toEqual({ BOT_MODE, AGENTS: 'a' });
    expect(said).toEqual(['.env: read AGENTS.', '.env: BOT_MODE is set in the environment too, which wins.']);
  });

  it('may have what only a deployment uses', async () => {
    const { environment, said } = await read('PUBLIC_URL=https://example.com\nQUEUE_URL=x\nTABLE_NAME=y');
    expect(environment).toEqual({});
    expect(said).toEqual(['.env: PUBLIC_URL, QUEUE_URL and TABLE_NAME are not used here.']);
  });

  it.each([
    ['BOT_MOD=off', '.env:1: BOT_MOD is not a setting, and was not read. Did you mean "BOT_MODE"?'],
    ['\nbot_mode=off', '.env:2: bot_mode is not a setting, and was not read. Did you mean "BOT_MODE"?'],
    ['SHOP_URL=x', '.env:1: SHOP_URL is not a setting, and was not read. docs/settings.md lists them.'],
    // Every object has it.
    ['toString=x', '.env:1: toString is not a setting, and was not read. docs/settings.md lists them.'],
  ])('has in %j what is not a setting, which is named', async (text, line) => {
    expect(await read(text)).toEqual({ environment: {}, said: [line] });
  });

  it.each([
    ['a line without a name', 'BOT_MODE\nAGENTS=a', [1]],
    ['a colon', 'AGENTS=a\nBOT_MODE: off', [2]],
    ['a name that comes again', 'AGENTS=a\nAGENTS=b\n', [1]],
    ['a value of two lines, which is good', 'AGENTS="a\nb"', []],
  ])('is told which of its lines change nothing: %s', async (_, text, idle) => {
    expect(parseEnvFile(text).idle).toEqual(idle);
    const told = idle.map(
      (line) => `.env:${line}: this line changes nothing. Expected NAME=value, and each name once.`,
    );
    expect((await read(text)).said).toEqual(['.env: read AGENTS.', ...told]);
  });

  // A key of several lines without quotes: each line that ends in "=" has a name for Node.
  it.each([[`${SECRET}==`], ['c2VjcmV0+/c2VjcmV0=='], ['x y=z']])(
    'is never quoted, though %j looks as if it had a name',
    async (text) => {
      expect(await read(text)).toEqual({
        environment: {},
        said: ['.env:1: what stands before "=" is not a name. Expected one such as BOT_MODE.'],
      });
    },
  );

  it('that cannot be read is an error', async () => {
    await withFolder(async (cwd) => {
      await mkdir(join(cwd, '.env'));
      expect(await run(['--port', '0'], cwd, world)).toEqual({
        status: 1,
        out: '',
        err: '.env cannot be read: it is a folder, and not a file. Expected lines NAME=value, or no such file.',
      });
    });
  });
});

describe('npm run world', () => {
  it('checks what fixes its account, from .env as well', async () => {
    await withFolder(async (cwd) => {
      await writeFile(join(cwd, '.env'), 'TWILIO_ACCOUNT_SID=mine\nBOT_MODE=off\n');
      const { status, err } = await run(['--port', '0'], cwd, world);
      expect(status).toBe(1);
      expect(err.split('\n')).toEqual([
        '.env: read TWILIO_ACCOUNT_SID.',
        '.env: BOT_MODE is not used here.',
        'The configuration has 1 problem:',
        '  - TWILIO_ACCOUNT_SID is "mine": expected AC followed by 32 hexadecimal digits.',
      ]);
    });
  });
});

describe('a secret', () => {
  it('is shown when it is made up, and named when somebody gave it', () => {
    const made = { apiKeySecret: 'made-up', authToken: 'token' };
    expect(showSecrets(made, {})).toEqual(made);
    expect(showSecrets(made, { TWILIO_AUTH_TOKEN: 'token', TWILIO_API_KEY_SECRET: 'made-up' })).toEqual({
      apiKeySecret: '$TWILIO_API_KEY_SECRET',
      authToken: '$TWILIO_AUTH_TOKEN',
    });
  });
});
