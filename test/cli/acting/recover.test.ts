import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ActingWorld, startActingWorld } from './world.ts';

let acting: ActingWorld;
beforeAll(async () => {
  acting = await startActingWorld();
});
afterAll(() => acting.world.stop());

describe('parley recover', () => {
  it('finds what no webhook told of, and says what became of it', async () => {
    const { world, act, startConversation, write } = acting;
    const conversation = await startConversation();
    await world.idle();
    world.service.faults.arm({ kind: 'webhook-drop' });
    const lost = await write(conversation, 'hello');
    expect(await act('recover', '--dry-run')).toEqual({
      status: 0,
      out: [
        'Look at all conversations, and put every message without an outcome on the queue.',
        'Nothing was done: this is what it would do.',
      ].join('\n'),
      err: '',
    });
    expect(await act('recover')).toEqual({
      status: 0,
      out: [
        'Look at all conversations, and put every message without an outcome on the queue.',
        'Put on the queue: 1 message.',
        `  ${lost} in ${conversation}: replied`,
      ].join('\n'),
      err: '',
    });
    const again = await act('recover', '--json');
    expect(JSON.parse(again.out)).toEqual({ ended: 'done', found: 0, isWhole: true, messages: [] });
  });

  it('sets the mark back where it is told to, and never on', async () => {
    const { act } = acting;
    const back = await act('recover', '--since', '3h');
    expect(back.out).toMatch(/^Set the mark back to 20\S+Z, from 20\S+Z\.\nLook at all/);
    expect((await act('recover', '--since', '1h')).out).toMatch(/^Look at all/);
  });
});

describe('parley handback', () => {
  it('gives a conversation back, and waits until the bot has heard of it', async () => {
    const { world, act, startConversation } = acting;
    const conversation = await startConversation();
    expect(await act('handback', conversation)).toEqual({
      status: 0,
      out: [`Give ${conversation} back to the bot.`, `${conversation}: the bot has it back.`].join('\n'),
      err: '',
    });
    await world.idle();
    const audits = await act('handback', conversation, '--dry-run', '--json');
    expect(JSON.parse(audits.out)).toEqual({ ended: 'dry_run', conversations: [] });
  });

  it.each([
    [
      ['handback'],
      2,
      'conversations is missing: expected the SID of a conversation. See parley handback --help.',
    ],
    [
      ['handback', `CH${'0'.repeat(32)}`],
      1,
      `There is no conversation CH${'0'.repeat(32)} in the account of local`,
    ],
  ])('%j says what is wrong', async (args, status, message) => {
    const ran = await acting.act(...args);
    expect(ran.status).toBe(status);
    expect(ran.err).toContain(message);
  });
});
