import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compiledClient } from '../../bench/compare/runtime-client.ts';
import { startFunction } from '../../local/lambda/lambda-runtime.ts';
import { withFolder } from '../cli/support.ts';

/** Installed as npm leaves it, with these for its two scripts. */
function install(peers: string, preinstall: string, postinstall: string): string {
  const folder = join(peers, 'node_modules/aws-lambda-ric');
  mkdirSync(join(folder, 'scripts'), { recursive: true });
  writeFileSync(join(folder, 'scripts/preinstall.sh'), preinstall);
  writeFileSync(join(folder, 'scripts/postinstall.sh'), postinstall);
  return folder;
}

function ask(peers: string) {
  const said: string[] = [];
  return { client: compiledClient((line) => said.push(line), peers), said: said.join('\n') };
}

describe("the native part of AWS's runtime client", () => {
  it('is compiled by its own scripts, for the Node that runs, and once', () =>
    withFolder(async (peers) => {
      const folder = install(peers, 'echo curl', 'echo $npm_config_nodedir > rapid-client.node');
      const first = ask(peers);
      expect(first.client).toBe(join(folder, 'index.mjs'));
      expect(first.said).toContain('Compiling');
      expect(ask(peers)).toEqual({ client: first.client, said: '' });
    }));

  it('has the stand-in in its place where it does not compile, and the reason is said', () =>
    withFolder(async (peers) => {
      install(
        peers,
        'echo looking; echo "Error: cmake is not installed." >&2; exit 1',
        'touch rapid-client.node',
      );
      const { client, said } = ask(peers);
      expect(client).toBeUndefined();
      expect(said).toContain('the stand-in for it is used: Error: cmake is not installed.\nIt needs cmake');
    }));

  it('is what runs a handler where it is given, without the stand-in', () =>
    withFolder(async (folder) => {
      const compiled = join(folder, 'index.mjs');
      writeFileSync(compiled, "process.stdout.write('mine, after ' + process.execArgv.length + ' others');");
      const started = startFunction({
        bundleDir: 'bench/empty',
        handler: 'index.handler',
        compiledClient: compiled,
      });
      await expect(started).rejects.toMatchObject({
        name: 'FunctionInitError',
        output: 'mine, after 0 others',
      });
    }));
});
