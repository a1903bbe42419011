import { expect, it } from 'vitest';
import { createScheduler, seededRandom } from './scheduler.ts';
import { memoryTable } from './table.ts';
import { createWatch } from './watch.ts';

// Whoever joined has a key that tells when: what befell their welcome passed for nothing, and its end for a fault.
it.each([
  ['onMessageAdded|IM1', 'onMessageAdded|IM1'],
  ['onParticipantAdded|MB1', 'onParticipantAdded|MB1|2026-01-01T00:01:00.000Z'],
])('what befalls %s is known by its SID', (subject, key) => {
  const scheduler = createScheduler(seededRandom(1));
  const watch = createWatch(scheduler, memoryTable(scheduler));
  const process = { subject: undefined } as never;
  watch.took(process, [`${subject}2`]);
  watch.timedOut(process);
  watch.took(process, [key]);
  watch.timedOut(process);
  watch.timedOut(process);
  expect(watch.trials(subject)).toEqual({ deaths: 2, failures: 0 });
});
