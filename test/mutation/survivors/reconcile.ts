import type { Survivor } from './survivor.ts';

const LEFT_OUT = 'What is undefined is not in the JSON that is kept; the check is for the compiler.';

export const RECONCILE: readonly Survivor[] = [
  {
    file: 'lib/reconcile/due-conversations.ts',
    line: 'const marks: Marked[] = [];',
    change: '[] → ["Stryker was here"]',
    reason: 'What has no time is due at none.',
  },
  {
    file: 'lib/reconcile/due-conversations.ts',
    line: 'if (at > known && !isLater(at, round)) due.set(address.conversationSid, { ...address, activeAt: at });',
    change: 'at > known → at >= known',
    reason: 'Of two marks of one conversation with the same latest activity, either says the same.',
  },
  {
    file: 'lib/reconcile/look.ts',
    line: 'if (await isInHand(ports, address, message, { record, isOvertaken: at < ended })) continue;',
    change: 'at < ended → at <= ended',
    reason: 'The one at `ended` has come to its outcome, and is in hand whether it was overtaken or not.',
  },
  {
    file: 'lib/reconcile/look.ts',
    line: 'listed += 1;',
    change: 'listed += 1 → listed -= 1',
    reason:
      'It only shows where a page ends: -100 divided by the size of a page leaves as little as 100, and -0 equals 0.',
  },
  {
    file: 'lib/reconcile/look.ts',
    line: 'if (message.index < lastIndex) yield message;',
    change: 'message.index < lastIndex → message.index <= lastIndex',
    reason:
      'The one at `lastIndex` was in the short page, and whoever reads the list takes each message once.',
  },
  {
    file: 'lib/reconcile/new-conversations.ts',
    line: 'return true;',
    change: 'true → false',
    reason: 'How many were done from the first on is not asked here: all are marked, or it throws.',
  },
  {
    file: 'lib/reconcile/new-conversations.ts',
    line: "const at = Date.parse(date ?? '');",
    change: `'' → "Stryker was here!"`,
    reason: 'Neither of the two texts is a date, so what has none was created a moment ago.',
  },
  {
    file: 'lib/reconcile/reconcile.ts',
    line: 'services[serviceSid] = { ...known, ...(wiring === undefined ? {} : { wiring }) };',
    change: 'wiring === undefined → false',
    reason: LEFT_OUT,
  },
  {
    file: 'lib/reconcile/reconcile.ts',
    line: "const isOthers = (serviceSid: string) => services[serviceSid]?.wiring?.target === 'other';",
    change: 'services[serviceSid]?.wiring → services[serviceSid].wiring',
    reason: 'It is asked of services that are known; the check is for the compiler.',
  },
  {
    file: 'lib/reconcile/reconcile.ts',
    line: 'const before = services[serviceSid]?.newest;',
    change: 'services[serviceSid]?.newest → services[serviceSid].newest',
    reason: 'What is ours is known; the check is for the compiler.',
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
