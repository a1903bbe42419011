import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Manifest } from '../../build/manifest.ts';
import { DeployerError } from './deployer-error.ts';

/** CloudFormation as far as the tests read it. */
export interface StackTemplate {
  readonly Metadata?: { readonly parley?: Manifest };
  readonly Parameters?: Readonly<Record<string, { readonly Default: string }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, StackResource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Condition?: string }>>;
}

export interface StackResource {
  readonly Type: string;
  readonly Condition?: string;
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
  readonly template: StackTemplate;
}

/** The deployment tool takes seconds, and minutes where many others are at work. Ends only what hangs. */
export const PACKAGING_MS = 600_000;

const DEPLOYER = resolve('node_modules/.bin/serverless');
/**
 * Where the tool keeps its schema, compiled, which takes it longer than all else that it does. A file there is named by
 * the hash of the schema and moved into its place whole, so that any number of tools may share it; it goes with them.
 */
const SCHEMAS = resolve('node_modules/.cache/serverless');
/** Where Node keeps what it has compiled of the tool, which has thousands of files. */
const COMPILED = resolve('node_modules/.cache/compiled');

/** Nothing is reached through these, should the deployment tool want to reach the network. */
const REFUSING_PROXY = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' };
/** For a rehearsal, whose AWS is on loopback. */
export const NO_PROXY = { HTTP_PROXY: '', HTTPS_PROXY: '' };

/**
 * Runs the deployment tool as `npm run package` and `npm run deploy` do, with `env` as the whole environment and no AWS
 * credentials, in a folder that nobody else has: beside serverless.yml it keeps `.serverless/`, which a second tool
 * would take away, `--package` or not.
 * @returns all that it printed
 * @throws DeployerError
 * @example await runDeployer(['package'], { folder: copyService() });
 */
export async function runDeployer(
  [command = '', ...args]: readonly string[],
  { folder, env = {} }: { readonly folder: string; readonly env?: Readonly<Record<string, string>> },
): Promise<string> {
  const path = [resolve('node_modules/.bin'), process.env['PATH']].join(':');
  const home = join(folder, '.home');
  // Without --verbose it prints only the first line of some reasons.
  const child = spawn(DEPLOYER, [command, '--verbose', ...args], {
    cwd: folder,
    env: {
      PATH: path,
      HOME: home,
      NODE_COMPILE_CACHE: COMPILED,
      SLS_SCHEMA_CACHE_BASE_DIR: SCHEMAS,
      ...REFUSING_PROXY,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // The reason comes on standard output, where it was on standard error.
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  if (code !== 0) throw new DeployerError(command, `${stderr}${stdout}`);
  return `${stderr}${stdout}`;
}

/**
 * The working tree as the deployment tool meets it, without what was installed or came out of other tools. `npm run
 * build` must have made dist/ before; the copy of it may be changed.
 */
export function copyService(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-service-'));
  const made = readFileSync('.gitignore', 'utf8').split('\n');
  for (const name of readdirSync('.')) {
    if (['serverless.yml', 'stack', 'dist'].includes(name))
      cpSync(name, join(folder, name), { recursive: true });
    else if (name !== '.git' && !made.includes(name)) symlinkSync(resolve(name), join(folder, name));
  }
  return folder;
}

export function removeService(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Packages the service in a folder of its own. `npm run build` must have made dist/ before. */
export async function packageService(): Promise<PackagedService> {
  const folder = copyService();
  try {
    return { ...(await packageIn(folder)), remove: () => removeService(folder) };
  } catch (error) {
    removeService(folder);
    throw error;
  }
}

/** Packages the service in `folder`, a copy of it, into `name` there. */
export async function packageIn(folder: string, name = 'packaged'): Promise<Omit<PackagedService, 'remove'>> {
  const dir = join(folder, name);
  await runDeployer(['package', '--package', dir], { folder });
  const templatePath = join(dir, 'cloudformation-template-update-stack.json');
  return { dir, templatePath, template: JSON.parse(readFileSync(templatePath, 'utf8')) as StackTemplate };
}
