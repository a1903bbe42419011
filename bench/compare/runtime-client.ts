import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Where the peers are installed, and AWS's runtime client with what builds its native part. */
export const PEERS = 'bench/peers';

/**
 * AWS's runtime client with its native part, a wrapper in C++ around curl: its own scripts compile that, once, in a few
 * minutes.
 * @param say is told what goes on
 * @param peers where it is installed
 * @returns its file; undefined where it does not compile, as without cmake, make, g++ or Python
 */
export function compiledClient(say: (line: string) => void, peers = PEERS): string | undefined {
  const folder = resolve(peers, 'node_modules/aws-lambda-ric');
  const isCompiled = () => existsSync(`${folder}/rapid-client.node`);
  if (!isCompiled()) {
    say("Compiling the native part of AWS's runtime client, once. It takes a few minutes.");
    const problem = compile(folder);
    if (problem !== undefined)
      say(
        `It does not compile, so the stand-in for it is used: ${problem}\nIt needs cmake, make, g++ and Python.`,
      );
  }
  return isCompiled() ? `${folder}/index.mjs` : undefined;
}

/** @returns the last line of what was said, where it did not succeed */
function compile(folder: string): string | undefined {
  // Its headers; node-gyp would fetch them.
  const nodeFolder = dirname(dirname(process.execPath));
  const env = { ...process.env, npm_config_nodedir: nodeFolder };
  for (const script of ['preinstall', 'postinstall']) {
    const { status, stdout, stderr, error } = spawnSync('sh', [`scripts/${script}.sh`], {
      cwd: folder,
      env,
      encoding: 'utf8',
      maxBuffer: 100 * 1024 * 1024,
    });
    if (error !== undefined) return error.message;
    if (status !== 0) return `${stdout}${stderr}`.trim().split('\n').at(-1);
  }
  return undefined;
}
