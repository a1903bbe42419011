import { expect, it } from 'vitest';
import { createDeliveries } from './deliveries.ts';
import { NO_FAULTS } from './fault-load.ts';
import type { Written } from './oracle.ts';
import { KIND, writeAsCustomer } from './people.ts';
import { createScheduler, EPOCH, seededRandom } from './scheduler.ts';
import { createWorld } from './world.ts';

const MINUTE = 60_000;
const trace = () => undefined;

// Cause: what went back to the queue behind another in its batch counted as one of the five deliveries that try it.
it('what goes back behind another message of its conversation has not had its turn', async () => {
  const scheduler = createScheduler(seededRandom(1));
  const { onDelivery, onUntouched, ...deliveries } = createDeliveries(scheduler);
  let failing = 3;
  const world = createWorld({
    scheduler,
    load: NO_FAULTS,
    trace,
    onDelivery,
    onUntouched,
    tamper: (chance) => ({
      ...chance,
      atCall: ({ name }) =>
        /^get on/.test(name) && failing-- > 0 ? { kind: 'fail', when: 'before' } : undefined,
    }),
  });
  const written: Written[] = [];
  await scheduler.run(EPOCH + MINUTE);
  const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
  const conversationSid = String(conversation['sid']);
  for (const kind of [KIND.one, KIND.one])
    await writeAsCustomer({ world, scheduler, conversationSid, written, trace }, kind);
  await scheduler.run(scheduler.now() + 10 * MINUTE);
  const [first, second] = written.map(({ sid }) => `onMessageAdded|${sid}`);
  expect(deliveries.turnsOf(String(first))).toEqual(deliveries.of(String(first)));
  expect(deliveries.of(String(second)).length).toBeGreaterThan(1);
  expect(deliveries.turnsOf(String(second))).toEqual(deliveries.of(String(second)).slice(-1));
});
