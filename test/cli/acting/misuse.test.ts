import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../support.ts';
import { type ActingWorld, startActingWorld } from './world.ts';

let acting: ActingWorld;
let port: string;
let conversationSid: string;
beforeAll(async () => {
  acting = await startActingWorld();
  ({ port } = new URL(acting.world.url));
  conversationSid = await acting.startConversation();
});
afterAll(() => acting.world.stop());

const ZERO = '0'.repeat(32);

/** A command line of which CH stands for a conversation that there is, and CH0, IM0 … for SIDs that nobody has. */
const wordsOf = (line: string) =>
  line.split(' ').map((word) => {
    if (word === 'CH') return conversationSid;
    if (word === 'PORT') return port;
    return /^[A-Z]{2}0$/.test(word) ? `${word.slice(0, 2)}${ZERO}` : word;
  });

describe('what does not go together', () => {
  // Of two that contradict each other one was taken, without a word.
  it.each([
    ['status --stage prod --port 4100', '--port goes with --stage local: prod is in AWS.'],
    ['status --stage local --port PORT --region eu-west-1', '--region and --profile are of AWS'],
    [
      'explain CH CH --stage local --port PORT',
      'Expected one conversation, or a message and its conversation.',
    ],
    [
      'webhooks set --conversation CH --stage local --port PORT',
      '--conversation goes with --level conversation.',
    ],
    [
      'secrets rotate auth-token --finish --abandon --stage local --port PORT',
      'Expected --finish or --abandon',
    ],
    [
      'addresses set IG0 --service IS0 --stage local --port PORT',
      `--service is "IS${ZERO}": expected a service that this bot answers: IS`,
    ],
    [
      'dead drop --all IM0 --stage local --port PORT',
      'Expected the SIDs of messages or conversations, or --all',
    ],
    [
      'replay IM0 --since 2h --outcome stale --stage local --port PORT',
      'Expected the SIDs of messages, or both',
    ],
    ['mode live --for 1h --stage local --port PORT', '--for goes with dry-run and off'],
  ])('is refused: %s', async (line, says) => {
    const { status, err } = await run(wordsOf(line));
    expect([status, err]).toEqual([2, expect.stringContaining(says)]);
    expect(err).toMatch(/ See parley [a-z -]+ --help\.$/);
  });
});

describe('what is asked of the wrong place', () => {
  it.each([
    // Misuse as well, which was only called a failure.
    ['secrets check --stage local --port PORT', 2, 'Expected a stage in AWS, such as --stage prod.'],
    ['rollback --stage local --port PORT', 2, 'expected a stage in AWS, such as --stage prod.'],
    ['--stage local status', 2, 'Expected a command before --stage: addresses, '],
    ['webhooks --stage local', 2, 'Expected a command before --stage: show, set, unset.'],
    ['forget IM0 --stage local --port PORT', 2, `who is "IM${ZERO}": expected an address`],
    [
      'status --stage local --port 1',
      1,
      'No local world listens at http://127.0.0.1:1: start one with npm start',
    ],
    // It was Twilio's own error.
    ['explain CH0 --stage local --port PORT', 1, `Twilio has no conversation CH${ZERO} in IS`],
    ['explain IM0 CH0 --stage local --port PORT', 1, `Twilio has no conversation CH${ZERO} in IS`],
    [
      'replay IM0 --reason t --stage local --port PORT',
      1,
      `Neither the logs nor the table name IM${ZERO}: nothing`,
    ],
    [
      'dead show IM0 --stage local --port PORT',
      1,
      `There is no dead letter of IM${ZERO}. Next: npx parley dead list`,
    ],
    // A slip in a SID was a conversation muted, and a person forgotten.
    ['mute CH0 --reason t --stage local --port PORT', 1, `There is no conversation CH${ZERO} in the account`],
    [
      'forget CH0 --yes --reason t --stage local --port PORT',
      1,
      `Nobody knows of CH${ZERO}, neither this stage nor`,
    ],
  ])('is said: %s', async (line, status, says) => {
    expect(await run(wordsOf(line))).toMatchObject({ status, err: expect.stringContaining(says) });
  });

  it('is no reproach where nothing was asked for', async () => {
    expect(await run(wordsOf('dead show --stage local --port PORT'))).toEqual({
      status: 0,
      out: 'There are no dead letters.',
      err: '',
    });
  });
});
