import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../local/run-program.ts';
import { world } from '../../../local/serve.ts';
import { worldEnvironment } from '../../../local/world-environment.ts';
import { run as runHere } from '../../cli/support.ts';
import { run } from './run-command.ts';

async function outcomeOf(program: string, ...words: readonly string[]) {
  const lines: string[] = [];
  const status = await runProgram(program, words, process.env, (line) => lines.push(line));
  return { status, lines };
}

describe('a program that is run', () => {
  it.each([
    ['exit 0', 0],
    ['exit 7', 7],
    // 128 and the number of the signal.
    ['kill -KILL $$', 137],
    ['kill -TERM $$', 143],
  ])('that does %s gives the exit status %i', async (script, status) => {
    expect(await outcomeOf('sh', '-c', script)).toEqual({ status, lines: [] });
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('gets %s from us', async (signal, status) => {
    const outcome = outcomeOf('sleep', '600');
    process.emit(signal, signal);
    expect(await outcome).toEqual({ status, lines: [] });
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });

  it('that is not there, or is none, is told so as shells do', async () => {
    expect(await outcomeOf('no-such-program')).toEqual({
      status: 127,
      lines: ['There is no command "no-such-program".'],
    });
    expect(await outcomeOf('./package.json')).toEqual({
      status: 126,
      lines: [expect.stringContaining('./package.json cannot be run: ')],
    });
  });
});

describe('the environment of a program in a world', () => {
  const identity = {
    url: 'http://127.0.0.1:4000',
    accountSid: 'AC1',
    authToken: 'token',
    apiKeySid: 'SK1',
    apiKeySecret: 'secret',
    serviceSid: 'IS1',
    stop: async () => undefined,
  };

  it('has the names that Twilio’s libraries, its CLI and parley read', () => {
    expect(worldEnvironment({ HOME: '/home/ana', TWILIO_AUTH_TOKEN: 'real' }, identity)).toEqual({
      HOME: '/home/ana',
      TWILIO_API_URL: 'http://127.0.0.1:4000',
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: 'token',
      TWILIO_API_KEY: 'SK1',
      TWILIO_API_SECRET: 'secret',
      TWILIO_API_KEY_SID: 'SK1',
      TWILIO_API_KEY_SECRET: 'secret',
      TWILIO_CHAT_SERVICE_SID: 'IS1',
    });
  });

  it('has no edge and no region, with which Twilio’s libraries change the address', () => {
    const outer = { TWILIO_EDGE: 'dublin', TWILIO_REGION: 'ie1' };
    expect(Object.keys(worldEnvironment(outer, identity)).filter((name) => /EDGE|REGION/.test(name))).toEqual(
      [],
    );
  });
});

/** Says who it is to Twilio, and what is there; and whether it was given the outer credentials. */
const CLIENT = `
  const { TWILIO_API_URL: api, TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: token } = process.env;
  const headers = { authorization: 'Basic ' + btoa(account + ':' + token) };
  const answer = await fetch(api + '/v1/Conversations', { headers });
  const { conversations } = await answer.json();
  console.log(JSON.stringify([answer.status, account, conversations.length, process.argv.slice(1)]));
  process.exitCode = 7;
`;

describe('npm run world -- exec', () => {
  it('gives a command a fresh world with credentials of its own, and exits as the command does', async () => {
    const outer = `AC${'9'.repeat(32)}`;
    const command = [process.execPath, '--input-type=module', '-e', CLIENT, '--', '--port', '-x'];
    const { code, stdout, stderr } = await run(
      'local/serve.ts',
      ['exec', '--seed', 'docs/seed.yaml', '--', ...command],
      { TWILIO_ACCOUNT_SID: outer, TWILIO_AUTH_TOKEN: 'real' },
    );
    expect({ code, stderr }).toEqual({ code: 7, stderr: '' });
    expect(JSON.parse(stdout)).toEqual([200, expect.stringMatching(/^AC(?!9{32})/), 2, ['--port', '-x']]);
  });

  it('says so when its port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const { status, err } = await runHere(['exec', '--port', String(port), '--', 'true'], '.', world);
    taken.close();
    expect(status).toBe(1);
    expect(err).toContain(`Port ${port} is in use.`);
  });

  it.each([
    [
      ['exec'],
      'Expected a command after exec: npm run world -- exec -- npm test. See npm run world -- exec --help.',
    ],
    [
      ['exec', '--sed', 'a'],
      'There is no option "--sed". Did you mean "--seed"? See npm run world -- exec --help.',
    ],
    [['exce', 'npm'], 'There is no command "exce". Did you mean "exec"? See npm run world -- --help.'],
  ])('refuses %j in one clear line', async (args, line) => {
    expect(await runHere(args, '.', world)).toEqual({ status: 2, out: '', err: line });
  });
});
