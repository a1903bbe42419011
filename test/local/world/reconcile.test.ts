import { expect, it } from 'vitest';
import { type BotStep, startWorld } from '../../../local/world.ts';

it('the reconciler of the local world finds what its webhook lost, since the webhook is its own', async () => {
  const world = await startWorld({ port: 0, environment: {}, random: Math.random });
  try {
    await world.idle();
    const { service } = world;
    const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
    await world.idle();
    const lines: string[] = [];
    const finished = new Promise<Extract<BotStep, { kind: 'finished' }>>((resolve) => {
      world.watch((step) => {
        if (step.kind === 'log') lines.push(step.line);
        if (step.kind === 'finished') resolve(step);
      });
    });
    service.faults.arm({ kind: 'webhook-drop' });
    await service.customer.write({ conversationSid: String(conversation['sid']), body: 'hi' });
    await world.idle();
    service.timeline.move(7 * 60_000);
    expect((await finished).record.finished?.outcome).toBe('replied');
    expect(lines.some((line) => line.includes('"message_found":1'))).toBe(true);
    expect(lines.filter((line) => /other_stack|wiring_unknown|reconcile_failed/.test(line))).toEqual([]);
  } finally {
    await world.stop();
  }
});
