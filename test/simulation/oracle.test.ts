import { describe, expect, it } from 'vitest';
import { NO_FAULTS } from './fault-load.ts';
import { judge, type Written } from './oracle.ts';
import { KIND, writeAsCustomer } from './people.ts';
import { createScheduler, EPOCH, seededRandom } from './scheduler.ts';
import { createWorld } from './world.ts';

const MINUTE = 60_000;
const trace = () => undefined;

/** A customer's message, as soon as it is on the queue. */
async function queued() {
  const scheduler = createScheduler(seededRandom(1));
  const world = createWorld({ scheduler, load: NO_FAULTS, trace });
  const written: Written[] = [];
  await scheduler.run(EPOCH + MINUTE);
  const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
  const conversationSid = String(conversation['sid']);
  await writeAsCustomer({ world, scheduler, conversationSid, written, trace }, KIND.one);
  while (world.queue.size() === 0) await scheduler.run(scheduler.now() + 1);
  return { world, scheduler, written };
}

describe('what has no reply', () => {
  // Cause: whatever was unanswered in the end counted as lost, also what was on its way.
  it('still waits while its message is on the queue', async () => {
    const { world, written } = await queued();
    const { lost, waiting, problems } = await judge(world, written);
    expect({ lost, waiting }).toEqual({ lost: 0, waiting: 1 });
    expect(problems).toContain('"one 0" still waits for reply 1/1');
  });

  it('is lost when nothing is under way any more', async () => {
    const { world, scheduler, written } = await queued();
    await scheduler.run(scheduler.now() + MINUTE);
    expect(await judge(world, written)).toMatchObject({ lost: 0, waiting: 0, problems: [] });
    const two = written.map((message) => ({ ...message, due: 2 }));
    // Its only part says 1/1.
    expect(await judge(world, two)).toMatchObject({ lost: 2, waiting: 0 });
  });
});
