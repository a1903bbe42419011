import type { Survivor } from './survivor.ts';

export const REPLY: readonly Survivor[] = [
  {
    file: 'lib/reply/check-due.ts',
    line: 'const pause = (planned.parts[index]?.notBefore ?? 0) - clock.now();',
    change: 'planned.parts[index]?.notBefore → planned.parts[index].notBefore',
    reason: 'The part that is due is there; the compiler does not know that.',
  },
  {
    file: 'lib/reply/claim.ts',
    line: 'const binding = isAddress(found) ? found.messaging_binding?.type : undefined;',
    change: 'found.messaging_binding?.type → found.messaging_binding.type',
    reason: 'What has a binding is not undefined; the compiler does not know that.',
  },
  {
    file: 'lib/reply/plan-event.ts',
    line: '{ outcome, ...(reason === undefined ? {} : { reason }), at: ports.clock.now() },',
    change: 'reason === undefined → false',
    reason: 'What is undefined is not in the JSON that is kept; the check is for the compiler.',
  },
  {
    file: 'lib/reply/plan-event.ts',
    line: 'ports.onSettled?.(event, decision, settled?.called ?? []);',
    change:
      'ports.onSettled?.(event, decision, settled?.called ?? []) → ports.onSettled(event, decision, settled?.called ?? [])',
    reason: 'All tests here watch; the packaged bundle, where nobody does, is run by others.',
  },
];
