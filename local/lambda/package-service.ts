import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** CloudFormation as far as the tests read it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  // biome-ignore lint/suspicious/noExplicitAny: each resource type has its own shape; CloudFormation's validator knows them all
  readonly Properties: Readonly<Record<string, any>>;
}

export interface PackagedService {
  /** Where the zips and the template are, until removed. */
  readonly dir: string;
  remove(): void;
  readonly templatePath: string;
  readonly template: Template;
}

/** The deployment tool takes seconds, and a minute where many others are at work. */
export const PACKAGING_MS = 180_000;

const run = promisify(execFile);
const DEPLOYER = './node_modules/.bin/serverless';

/** Nothing is reached through these, should the deployment tool want to reach the network. */
const REFUSING_PROXY = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' };
/** For a rehearsal, whose AWS is on loopback. */
export const NO_PROXY = { HTTP_PROXY: '', HTTPS_PROXY: '' };

/**
 * Runs the deployment tool as `npm run package` and `npm run deploy` do, with `env` as the whole environment and no AWS
 * credentials.
 */
export async function runDeployer(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const home = temporaryDirectory();
  const path = [`${process.cwd()}/node_modules/.bin`, process.env['PATH']].join(':');
  try {
    return await run(DEPLOYER, args, { env: { PATH: path, HOME: home, ...REFUSING_PROXY, ...env } });
  } finally {
    removeDirectory(home);
  }
}

/** Packages the service into a new directory. `npm run build` must have made dist/ before. */
export async function packageService(): Promise<PackagedService> {
  const dir = temporaryDirectory();
  await runDeployer(['package', '--package', dir]);
  const templatePath = join(dir, 'cloudformation-template-update-stack.json');
  const template = JSON.parse(readFileSync(templatePath, 'utf8')) as Template;
  return { dir, templatePath, template, remove: () => removeDirectory(dir) };
}

function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'parley-'));
}

function removeDirectory(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
