import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defineCommand, type Group } from '../../../cli/command.ts';
import { callDoctor } from '../../../cli/deploy/call-doctor.ts';
import { findAll } from '../../../cli/deploy/find-all.ts';
import { openSettings } from '../../../cli/deploy/open-settings.ts';
import { wrongValues } from '../../../cli/deploy/wrong-settings.ts';
import { option } from '../../../cli/option.ts';
import { anyText } from '../../../cli/values.ts';
import { withFolder } from '../support.ts';
import { plannedWith, templateWith } from './support.ts';

const YML = `region: \${env:AWS_REGION, 'us-east-1'}\nBOT_MODE: \${env:BOT_MODE, ''}\n`;

/** In a folder with this file of the stage prod. */
const open = (
  file: string,
  environment: Readonly<Record<string, string>>,
  access: { readonly stage?: string; readonly region?: string; readonly profile?: string } = {},
) =>
  withFolder(async (cwd) => {
    await mkdir(join(cwd, 'stages'));
    await writeFile(join(cwd, 'serverless.yml'), YML);
    await writeFile(join(cwd, 'stages', 'prod.env'), file);
    return openSettings({ stage: 'prod', ...access }, environment, { cwd, out: () => undefined });
  });

describe('what a deployment is begun with', () => {
  it('goes to the region that was asked for, else to that of the environment, of the file, of serverless.yml', async () => {
    const file = 'AWS_REGION=eu-west-1';
    const regionOf = async (...args: Parameters<typeof open>) => (await open(...args)).region;
    expect(await regionOf(file, { AWS_REGION: 'eu-west-2' }, { region: 'eu-west-3' })).toBe('eu-west-3');
    expect(await regionOf(file, { AWS_REGION: 'eu-west-2' })).toBe('eu-west-2');
    expect(await regionOf(file, {})).toBe('eu-west-1');
    expect(await regionOf('', {})).toBe('us-east-1');
  });

  it('hands the rest of the environment on, and no setting that is empty', async () => {
    const { environment, names } = await open(
      'BOT_MODE=off',
      { PATH: '/bin', BOT_MODE: '' },
      { profile: 'ops' },
    );
    expect(environment).toEqual({
      PATH: '/bin',
      BOT_MODE: 'off',
      AWS_REGION: 'us-east-1',
      AWS_PROFILE: 'ops',
    });
    expect(names).toEqual(['BOT_MODE']);
  });

  it('is not a stage of the name that the local world has', async () => {
    await expect(open('', {}, { stage: 'local' })).rejects.toThrow(
      'The stage local is the world of npm start.',
    );
  });
});

describe('what is in the way of a deployment', () => {
  it('is said with the line of the file, of what the functions read and of what only the stack has', async () => {
    const found = await findAll(plannedWith({ template: templateWith({ BOT_MODE: 'loud' }) }), {
      places: { BOT_MODE: 'stages/prod.env:3' },
      given: { BOT_MODE: 'loud', MAX_CONCURRENCY: 'many' },
      region: 'eu-west-1',
    });
    const says = found.map((one) => one.says);
    expect(says).toContainEqual(
      expect.stringMatching(/^stages\/prod\.env:3: BOT_MODE is "loud": expected live/),
    );
    expect(says).toContainEqual(expect.stringMatching(/^MAX_CONCURRENCY is "many": expected a whole number/));
  });
});

describe('what a package cannot be made with', () => {
  const opened = (given: Readonly<Record<string, string>>) => ({
    given,
    places: { WEBHOOK_WIRING: 'stages/prod.env:3' },
    region: 'eu-west-1',
  });

  // Zips were made, and the exit status was 0: a pipeline of one's own would have deployed functions that do not start.
  it('is a value that the functions or the stack would refuse, with its line', () => {
    const given = { WEBHOOK_WIRING: 'foo', REPLY_SETTLE_SECONDS: '-1', MAX_CONCURRENCY: '1' };
    expect(wrongValues(opened(given))).toEqual([
      'REPLY_SETTLE_SECONDS is "-1": expected a whole number from 10 to 900.',
      'stages/prod.env:3: WEBHOOK_WIRING is "foo": expected service or conversation.',
      'MAX_CONCURRENCY is "1": expected a whole number from 2 to 1000.',
    ]);
  });

  it('is nothing that is not set yet', () => {
    expect(wrongValues(opened({}))).toEqual([]);
    expect(
      wrongValues(opened({ PUBLIC_URL: 'https://a.example/webhook https://b.example/webhook' })),
    ).toEqual([]);
  });
});

describe('a doctor that fails', () => {
  it('does not make a deployment fail', async () => {
    const lines: string[] = [];
    const doctor = defineCommand({
      name: 'doctor',
      summary: 'Fail.',
      options: { stage: option('which', anyText('name')) },
      examples: [['parley doctor', 'now']],
      exits: { done: 'never', failed: 'always' },
      run: () => Promise.reject(new Error('no way')),
    });
    const commands: Group = { name: 'parley', summary: 'Stands for all commands.', commands: [doctor] };
    const terminal = {
      cwd: '.',
      out: (line: string) => lines.push(line),
      err: (line: string) => lines.push(line),
    };
    await callDoctor({ stage: 'prod' }, commands, terminal);
    expect(lines).toContain('The doctor failed: no way');
  });
});
