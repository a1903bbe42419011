import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deployNames } from '../../../build/deploy-names.ts';
import { CommandError } from '../../../cli/command-error.ts';
import { readStageFile } from '../../../cli/deploy/read-stage-file.ts';
import { stageSettings } from '../../../cli/deploy/stage-settings.ts';
import { withFolder } from '../support.ts';

const NAMES = ['AGENTS', 'BOT_AUTHOR', 'BOT_MODE', 'PUBLIC_URL', 'TWILIO_AUTH_TOKEN_SECRET_ID'];
const CREDENTIAL = '0123456789abcdef0123456789abcdef';

const read = (text: string) =>
  withFolder(async (folder) => {
    await mkdir(join(folder, 'stages'));
    await writeFile(join(folder, 'stages', 'prod.env'), text);
    return readStageFile(folder, 'prod', NAMES);
  });

async function refused(text: string): Promise<string> {
  const error = await read(text).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CommandError);
  return (error as CommandError).message;
}

describe("a stage's file", () => {
  it('holds settings, of which those that are empty are not set', async () => {
    const file = await read('# of prod\nBOT_MODE=off\n\nAGENTS=\nexport BOT_AUTHOR="the bot"\r\n');
    expect(file?.variables.map(({ name, value }) => [name, value])).toEqual([
      ['BOT_MODE', 'off'],
      ['BOT_AUTHOR', 'the bot'],
    ]);
  });

  it('need not be there', async () => {
    expect(await withFolder((folder) => readStageFile(folder, 'prod', NAMES))).toBeUndefined();
  });

  it.each([
    [
      'a slip of a name',
      'BOTMODE=off',
      'stages/prod.env:1: BOTMODE is not a setting of a deployment. Did you mean "BOT_MODE"?',
    ],
    ['a name of nothing', 'COLOUR=red', 'docs/settings.md lists them'],
    [
      'what the deployment sets itself',
      'QUEUE_URL=https://sqs.example.com/a.fifo',
      'QUEUE_URL is not for a stage',
    ],
    [
      'a name that comes twice',
      'BOT_MODE=off\nAGENTS=a\nBOT_MODE=live',
      'stages/prod.env:1: BOT_MODE is given again in line 3. Keep one.',
    ],
    [
      'the same line twice',
      'BOT_MODE=off\nBOT_MODE=off',
      'BOT_MODE is given twice, here and above. Keep one.',
    ],
    [
      'a quotation mark that is not closed, which takes the setting below for a part of it',
      'BOT_AUTHOR="bot\nAGENTS="desk"',
      'stages/prod.env:1: the value of BOT_AUTHOR has a quotation mark at one end',
    ],
    ['a quotation mark at the end', 'BOT_MODE=off"', 'the value of BOT_MODE has a quotation mark'],
    ['quotation marks of a word processor', 'BOT_MODE=“off”', 'the value of BOT_MODE has a quotation mark'],
    ['a line without a name', 'live', 'stages/prod.env:1: this line says nothing. Expected NAME=value.'],
    ['a name that is none', '"a b"=c', 'what stands before "=" is not a name'],
    [
      'a reference to something',
      `PUBLIC_URL=https://\${DOMAIN}/webhook`,
      'PUBLIC_URL refers to something by',
    ],
  ])('is refused with %s', async (_what, text, message) => {
    expect(await refused(text)).toContain(message);
  });

  it.each([
    `TWILIO_AUTH_TOKEN=${CREDENTIAL}`,
    `TWILIO_API_KEY_SECRET=${CREDENTIAL}`,
    `BOT_AUTHOR=${CREDENTIAL}`,
    `TWILIO_AUTH_TOKEN_SECRET_ID=${CREDENTIAL}`,
    `TWILIO_AUTH_TOKEN_SECRET_ID={"authToken":"${CREDENTIAL}"}`,
    `${CREDENTIAL}=`,
    `AWS_SECRET_ACCESS_KEY=${CREDENTIAL}`,
  ])('is refused with a credential, which is not shown: %s', async (line) => {
    expect(await refused(line)).not.toContain(CREDENTIAL);
  });

  it('says everything that is wrong at once', async () => {
    expect(await refused('BOTMODE=off\nCOLOUR=red\nlive')).toMatch(/:1: .*\n.*:2: .*\n.*:3: /);
  });

  it('may hold every variable that the template takes', () => {
    expect(deployNames('.')).toEqual(expect.arrayContaining(['AWS_REGION', 'BOT_MODE', 'PUBLIC_URL']));
    expect(deployNames('.')).not.toContain('TWILIO_AUTH_TOKEN');
  });

  it('of the project holds nothing that would be refused', async () => {
    expect(await readStageFile('.', 'dev', deployNames('.'))).toMatchObject({ shown: 'stages/dev.env' });
  });
});

describe('the environment', () => {
  const file = {
    shown: 'stages/prod.env',
    variables: [
      { name: 'BOT_MODE', value: 'dry-run', line: 1 },
      { name: 'AGENTS', value: 'desk-*', line: 2 },
    ],
  };

  it('wins over the file, and it is said what it overrides', () => {
    const { given, places, overridden } = stageSettings(file, { BOT_MODE: 'live', PATH: '/bin' }, NAMES);
    expect(given).toEqual({ BOT_MODE: 'live', AGENTS: 'desk-*' });
    expect(places).toEqual({ AGENTS: 'stages/prod.env:2' });
    expect(overridden).toEqual([
      'BOT_MODE: "live" of the environment wins over "dry-run" of stages/prod.env.',
    ]);
  });

  it('does not win where it is empty, and is not told of where it says the same', () => {
    const { given, overridden } = stageSettings(file, { BOT_MODE: ' ', AGENTS: 'desk-*' }, NAMES);
    expect(given).toEqual({ BOT_MODE: 'dry-run', AGENTS: 'desk-*' });
    expect(overridden).toEqual([]);
  });

  it('is all there is without a file, and a credential in it is not shown', () => {
    expect(stageSettings(undefined, { AGENTS: 'a' }, NAMES).given).toEqual({ AGENTS: 'a' });
    const { overridden } = stageSettings(file, { AGENTS: CREDENTIAL }, NAMES);
    expect(overridden.join()).not.toContain(CREDENTIAL);
  });
});
