import type { Survivor } from './survivor.ts';

const LEFT_OUT = 'What is undefined is not in the JSON that is kept; the check is for the compiler.';

export const RECONCILE_C: readonly Survivor[] = [
  {
    file: 'lib/reconcile/reconcile.ts',
    line: 'services[serviceSid] = { ...known, ...(wiring === undefined ? {} : { wiring }) };',
    change: 'wiring === undefined → false',
    reason: LEFT_OUT,
  },
  {
    file: 'lib/reconcile/reconcile.ts',
    line: '...(seen === undefined ? {} : { alerts: seen }),',
    change: 'seen === undefined → false',
    reason: LEFT_OUT,
  },
  {
    file: 'lib/reconcile/reconcile.ts',
    line: 'return { ...begun, services, ...(place === undefined ? {} : { wide: place }) };',
    change: 'place === undefined → false',
    reason: LEFT_OUT,
  },
  {
    file: 'lib/reconcile/signs-of-loss.ts',
    line: 'if (code === null || !FAILED_WEBHOOK.includes(code)) return false;',
    change: 'code === null → false',
    reason: 'The list of codes does not hold null either; the check is for the compiler.',
  },
  {
    file: 'lib/reconcile/signs-of-loss.ts',
    line: "const at = Date.parse(date ?? '');",
    change: `'' → "Stryker was here!"`,
    reason: 'Neither of the two texts is a date, so either is as old as can be.',
  },
];
