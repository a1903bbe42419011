import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildBundles } from '../../../local/build-bundles.ts';
import { withFolder } from '../../cli/support.ts';

describe('building before a start', () => {
  it.each(['start', 'say'])('is asked for by the script %s', (name) => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(scripts[name]).toMatch(new RegExp(`^node .* local/${name}\\.ts --build$`));
  });

  it('runs the build of the project in its folder', () =>
    withFolder(async (folder) => {
      await mkdir(join(folder, 'build'));
      const build = `import { existsSync } from 'node:fs'; process.exit(existsSync('build/build.mjs') ? 0 : 1);`;
      await writeFile(join(folder, 'build', 'build.mjs'), build);
      await expect(buildBundles({ project: folder })).resolves.toBe(false);
    }));

  // `npm start` ended with the problems, and there was no page to fix them by.
  it('goes on with the last good rules where the caller shows what is wrong with the new ones', () =>
    withFolder(async (folder) => {
      await mkdir(join(folder, 'build'));
      const build = `process.exit(process.argv.includes('--rules-may-be-broken') ? 3 : 1);`;
      await writeFile(join(folder, 'build', 'build.mjs'), build);
      await expect(buildBundles({ project: folder, rulesMayBeBroken: true })).resolves.toBe(true);
      await expect(buildBundles({ project: folder })).rejects.toMatchObject({ status: 1 });
    }));

  it('ends the command when the build fails, or is stopped', () =>
    withFolder(async (folder) => {
      await mkdir(join(folder, 'build'));
      for (const end of [
        'process.exit(1);',
        "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1e6);",
      ]) {
        await writeFile(join(folder, 'build', 'build.mjs'), end);
        await expect(buildBundles({ project: folder })).rejects.toMatchObject({
          status: 1,
          message: 'Nothing was started, because the build failed.',
        });
      }
    }));
});
