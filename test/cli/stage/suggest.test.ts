import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Given } from '../../../cli/stage/stage-options.ts';
import { awsLine, deployLine, explainLine, parleyLine } from '../../../cli/stage/suggest.ts';
import { misunderstood } from '../harmless.ts';

const found = (given: Given) => ({ given });
const ELSEWHERE = { stage: 'prod', region: 'eu-central-1', profile: 'bots' };

describe('a command that is suggested', () => {
  // Whoever had found the stage by its region was shown commands that look for it in another one.
  it.each<[Given, string]>([
    [{ stage: 'dev' }, 'npx parley status --stage dev'],
    [{ stage: 'prod', region: undefined, profile: undefined }, 'npx parley status --stage prod'],
    [ELSEWHERE, 'npx parley status --stage prod --region eu-central-1 --profile bots'],
    // AWS has no ports.
    [{ ...ELSEWHERE, port: 4100 }, 'npx parley status --stage prod --region eu-central-1 --profile bots'],
    [{ stage: 'local', port: 4000 }, 'npx parley status --stage local'],
    [{ stage: 'local', port: 4100, region: 'eu-central-1' }, 'npx parley status --stage local --port 4100'],
  ])('finds the stage as %j has found it', async (given, line) => {
    expect(parleyLine('status', found(given))).toBe(line);
    expect(await misunderstood(line)).toBeUndefined();
  });

  it('names no stage where it looks at none', () => {
    expect(parleyLine('rules check', found(ELSEWHERE))).toBe('npx parley rules check');
  });

  it('is one of AWS’s own, or a deployment, in the same place', () => {
    expect(awsLine('sts get-caller-identity', found(ELSEWHERE))).toBe(
      'aws sts get-caller-identity --region eu-central-1 --profile bots',
    );
    expect(deployLine(found(ELSEWHERE))).toBe(
      'npm run deploy -- --stage prod --region eu-central-1 --profile bots',
    );
  });

  it('explains a message in its conversation, and what is no message by its conversation', () => {
    const [IM, MB, conversationSid] = ['IM', 'MB', 'CH'].map((of) => `${of}${'0'.repeat(32)}`);
    const of = { conversationSid: conversationSid ?? '' };
    expect(explainLine(IM ?? '', of, found({ stage: 'prod' }))).toBe(
      `npx parley explain ${IM} ${conversationSid} --stage prod`,
    );
    expect(explainLine(MB ?? '', of, found({ stage: 'prod' }))).toBe(
      `npx parley explain ${conversationSid} --stage prod`,
    );
  });

  // The doctor sent whoever looks at a local world to secrets, which are refused there.
  it.each(['secrets check', 'secrets rotate auth-token', 'rollback'])(
    'is not refused in the local world: %s',
    (words) => {
      expect(parleyLine(words, found({ stage: 'local', port: 4100 }))).toBe('npm start -- --port 4100');
      expect(deployLine(found({ stage: 'local' }))).toBe('npm start');
    },
  );

  // Pasted, `npx parley mode live --stage prod first.` was refused for its last word.
  it('ends its sentence, so that it can be pasted', () => {
    const amid = /\$\{(?:parley|deploy|aws|explain)Line\((?:[^`{}]|\{[^}]*\}|`[^`]*`)*\)\}[^`\n]+/g;
    const found = globSync('cli/**/*.ts').flatMap((file) => readFileSync(file, 'utf8').match(amid) ?? []);
    expect(found).toEqual([]);
  });

  it('is written by hand nowhere, so that none forgets how the stage was found', () => {
    const files = globSync('cli/**/*.ts', { exclude: ['cli/stage/suggest.ts'] });
    expect(files.length).toBeGreaterThan(100);
    const byHand = files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => !/^\s*(?:\/\*\*|\*|\/\/)/.test(line))
        .filter((line) => /npx parley (?!rules)|npm run deploy -- --stage \$|[`']aws [a-z]/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(byHand).toEqual([]);
  });
});
