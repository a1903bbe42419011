import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployNames, REGION } from './deploy-names.ts';
import { type Manifest, manifestOf } from './manifest.ts';

/** The part of the deployment tool that this plugin meets. */
interface Serverless {
  readonly serviceDir: string;
  readonly service: {
    getAllFunctions(): readonly string[];
    readonly provider: { readonly compiledCloudFormationTemplate: Template };
  };
}

interface Template {
  Metadata?: { parley: Manifest };
  readonly Outputs: Record<string, { readonly Description: string; readonly Value: string }>;
}

interface Writers {
  readonly writeText: (line: string) => void;
}

/**
 * A plugin of the deployment tool: writes into the template what the deployment is made of, and the hash of each zip,
 * as Lambda shows it (`CodeSha256`), so that anybody can compare what runs with what was built.
 * https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 */
class NoteDeployment {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(serverless: Serverless, _options: object, { writeText }: Writers) {
    this.hooks = {
      // The zips are made, and the template is whole but not written yet.
      'after:aws:package:finalize:mergeCustomProviderResources': async () => {
        const { service, serviceDir } = serverless;
        const template = service.provider.compiledCloudFormationTemplate;
        const { rules } = await import('../bot/rules.generated.ts');
        const noted = { ...commitOf(serviceDir), ...beforeThis(), settings: settingsIn(serviceDir) };
        template.Metadata = { parley: { ...noted, ...manifestOf(rules) } };
        for (const name of service.getAllFunctions()) {
          const zip = readFileSync(join(serviceDir, '.serverless', `${name}.zip`));
          const hash = createHash('sha256').update(zip).digest('base64');
          template.Outputs[`${name.charAt(0).toUpperCase()}${name.slice(1)}CodeSha256`] = {
            Description: `The hash of ${name}.zip, which Lambda shows as CodeSha256`,
            Value: hash,
          };
          writeText(`${name}.zip  sha256 ${hash}`);
        }
      },
    };
  }
}

// The deployment tool takes the default export.
export { NoteDeployment as default };

/** What `npm run deploy` found running (cli/deploy/plan-deployment.ts). */
function beforeThis(): Pick<Manifest, 'before'> {
  const before = process.env['DEPLOYED_BEFORE'];
  return before === undefined ? {} : { before };
}

function settingsIn(folder: string): Manifest['settings'] {
  const names = deployNames(folder).filter((name) => name !== REGION);
  const set = names.flatMap((name) => {
    const value = process.env[name]?.trim() ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(set);
}

/** Nothing where the files came without git. */
function commitOf(cwd: string): Pick<Manifest, 'commit'> {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const changed = git('status', '--porcelain') === '' ? '' : '+';
    return { commit: `${git('rev-parse', '--short=12', 'HEAD')}${changed}` };
  } catch {
    return {};
  }
}
