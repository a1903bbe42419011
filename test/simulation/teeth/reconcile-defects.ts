import { type Defect, defect } from './defect.ts';

const RECONCILE = 'lib/reconcile/reconcile.ts';
const LOOK = 'lib/reconcile/look.ts';
const STATE = 'lib/reconcile/look-state.ts';
const NEW = 'lib/reconcile/new-conversations.ts';
const ROUND = 'lib/reconcile/round.ts';
const WIDE = 'lib/reconcile/wide-look.ts';
const WIRING = 'lib/reconcile/wiring.ts';
const DUE = 'lib/reconcile/due.ts';

/** Mistakes of looking for what no webhook told: cursors, windows of time, and the order of two writes. */
export const RECONCILE_DEFECTS: readonly Defect[] = [
  defect('the reconciler does not run', 'seeds', [
    'functions/reconcile.ts',
    '    return outside.log.within(',
    '    if (context) return { found: 0, finished: true };\n    return outside.log.within(',
  ]),
  defect('the reconciler has keys of its own', 'seeds', [
    LOOK,
    'const deduplicationId = eventKey(message);',
    'const deduplicationId = message.MessageSid;',
  ]),
  defect('the reconciler always begins with the same conversations', 'test/reconcile/overlap.test.ts', [
    ROUND,
    'all.filter((each) => compare(upTo, each) < 0)',
    'all',
  ]),
  defect('the spool takes all of a run’s time', 'test/reconcile/time-of-a-run.test.ts', [
    RECONCILE,
    'hasTime: () => hasTime(1 / 2)',
    'hasTime: () => hasTime(1)',
  ]),
  defect('two runs look at once', 'test/reconcile/overlap.test.ts', [
    STATE,
    'const isHeld = state.heldUntil > now && !asksNow(ports);',
    'const isHeld = false;',
  ]),
  defect(
    'a round looks back no further than the round before should have been',
    'test/reconcile/due.test.ts',
    [DUE, 'after: since - later,', 'after: at - ROUND_EVERY_MS - later,'],
  ),
  defect('what is due in the last quarter alone is read', 'test/reconcile/due.test.ts', [
    DUE,
    '.filter((start) => spans.some(',
    '.filter((start) => start === latest && spans.some(',
  ]),
  defect('the newest conversation is new for ever', 'test/reconcile/new-conversations.test.ts', [
    NEW,
    ' && !isKnown.has(sid)',
    '',
  ]),
  defect('a listing ends at a page whose last one is known', 'test/reconcile/many-new.test.ts', [
    NEW,
    'const isBehind = ',
    'const isBehind = isKnown.has(created.at(-1)?.sid ?? "") || ',
  ]),
  defect('an import is new for ever', 'test/reconcile/many-new.test.ts', [
    NEW,
    '{ ...known, at: Math.max(known.at, clock.now() - LAG_MS) }',
    'known',
  ]),
  defect(
    'new conversations count as known while their marks are being written',
    'test/reconcile/new-conversations.test.ts',
    [NEW, '    await sideBySide(\n', '    void sideBySide(\n'],
  ),
  defect('what lists late is not new any more', 'test/reconcile/new-conversations.test.ts', [
    NEW,
    'const OVERLAP_MS = 60_000;',
    'const OVERLAP_MS = 0;',
  ]),
  defect('a message is found at each look', 'test/reconcile/reconcile.test.ts', [
    LOOK,
    'return isWorkedOn || (await store.get(foundKey(conversationSid, key))) !== undefined;',
    'return isWorkedOn;',
  ]),
  defect('a message counts as brought back before the queue has it', 'seeds', [
    LOOK,
    '  const body = sealed(message, clock.now());\n',
    '  const body = sealed(message, clock.now());\n' +
      '  const early = { key: foundKey(conversationSid, deduplicationId), value: {} };\n' +
      `  await saveNext(ports, { ...early, lifetime: 'found' }, undefined);\n`,
  ]),
  defect('what the conversation has moved on without is left in flight', 'test/reconcile/taken-up.test.ts', [
    LOOK,
    '(!isOvertaken && now - record.receivedAt',
    '(now - record.receivedAt',
  ]),
  defect('a person in the second of a word back counts as one before it', 'test/reply/late-look.test.ts', [
    'lib/reply/late-look.ts',
    'event.Index > afterIndex ? Math.max(listedAt, at) : listedAt',
    'event.Index > 1e9 ? Math.max(listedAt, at) : listedAt',
  ]),
  defect(
    'a conversation is noted before it is marked active',
    'seeds',
    [
      'lib/reply/note-event.ts',
      '  if (quarterOf(before.activeAt ?? 0) !== quarterOf(now)) await markActive(ports, address, now);\n',
      '',
    ],
    [
      'lib/reply/note-event.ts',
      '  tell(ports, claim, did);\n',
      '  if (quarterOf(before.activeAt ?? 0) !== quarterOf(now)) await markActive(ports, address, now);\n' +
        '  tell(ports, claim, did);\n',
    ],
  ),
  defect('a record in flight is known for ever', 'seeds of vanished', [
    LOOK,
    'now - record.receivedAt < IN_QUEUE_MS',
    'clock.now() > record.receivedAt',
  ]),
  defect('a message is taken for lost while its webhook is on the way', 'test/reconcile/reconcile.test.ts', [
    LOOK,
    'const YOUNG_MS = 60_000;',
    'const YOUNG_MS = 0;',
  ]),
  defect('what is young in a wide look is forgotten', 'test/reconcile/wide-look.test.ts', [
    LOOK,
    'if (!isSettled) await markActive(',
    'if (lost.length > 0) await markActive(',
  ]),
  defect('a look that failed is a look', 'test/reconcile/wide-look.test.ts', [
    'lib/reconcile/looks.ts',
    'mark().then(() => true)',
    'Promise.resolve(true)',
  ]),
  defect('a conversation that was deleted is a failure', 'test/reconcile/reconcile.test.ts', [
    'lib/reconcile/looks.ts',
    '    if (error instanceof NotFoundError) return true;\n',
    '',
  ]),
  defect('a look that was refused is a look', 'test/reconcile/refused-looks.test.ts', [
    'lib/reconcile/looks.ts',
    '    if (!isRefused) failedInARow += 1;\n',
    '    if (isRefused) return true;\n    failedInARow += 1;\n',
  ]),
  defect(
    'conversations that are refused take the turn of the others',
    'test/reconcile/refused-looks.test.ts',
    ['lib/reconcile/looks.ts', 'if (!isRefused) failedInARow += 1;', 'failedInARow += 1;'],
  ),
  defect('a wide look begins each page anew', 'test/reconcile/wide-look.test.ts', [
    WIDE,
    'const left = after(page.conversations, upTo);',
    'const left = after(page.conversations, undefined);',
  ]),
  defect('signs of loss are removed before they are remembered', 'seeds of down', [
    RECONCILE,
    '  const looks = createLooks(',
    '  await marks.remove();\n  const looks = createLooks(',
  ]),
  defect('the spool is emptied before anything says that it was used', 'test/reconcile/kept-signs.test.ts', [
    'lib/reconcile/signs-of-loss.ts',
    '      await left;\n      await ports.store.remove(key, version);',
    '      await ports.store.remove(key, version);\n      await left;',
  ]),
  defect(
    'who asks for a wide look is forgotten where the run breaks',
    'test/reconcile/kept-signs.test.ts',
    [
      STATE,
      'const state = withAsked(ports, stored?.value ?? (await firstState(ports, now)));',
      'const taken = stored?.value ?? (await firstState(ports, now));\n  const state = withAsked(ports, taken);',
    ],
    [
      STATE,
      'giveBack: async (next) => (',
      'giveBack: async (next) => next === state ? (await save(ports, { ...taken, heldUntil: 0 }, held)) !== undefined : (',
    ],
  ),
  defect('another stack’s service is ours', 'seeds of two-stacks', [
    WIRING,
    `'ours' : 'other'`,
    `'ours' : 'unknown'`,
  ]),
  defect('one fault makes another stack’s service ours', 'test/reconcile/wiring.test.ts', [
    WIRING,
    'isRefusal(error) ? withoutTarget(before) : (before ?? { failed: true as const })',
    'withoutTarget(before)',
  ]),
  defect('a stack that stands by takes what the first has to answer', 'test/reconcile/standby.test.ts', [
    'functions/reconcile.ts',
    "checksWiring: config.WEBHOOK_WIRING === 'service',",
    "checksWiring: config.BOT_MODE !== 'off' && config.WEBHOOK_WIRING === 'service',",
  ]),
  defect('nobody asks anew where the webhooks go when it was set right', 'test/reconcile/set-right.test.ts', [
    RECONCILE,
    'const atOnce = asksNow(ports) || fresh.length > 0 || (mayBegin && signs.size > 0);',
    'const atOnce = false;',
  ]),
  defect('a service that nobody can say whose it is was set right', 'test/reconcile/wiring.test.ts', [
    WIRING,
    'isRefusal(error) ? withoutTarget(before) : (before ?? { failed: true as const })',
    'isRefusal(error) ? undefined : (before ?? { failed: true as const })',
  ]),
  defect('a service that becomes ours is not looked through', 'test/reconcile/set-right.test.ts', [
    WIRING,
    'hashOf([target, url,',
    'hashOf([url,',
  ]),
  defect('two that count at once lose a count', 'test/reconcile/reconcile.test.ts', [
    'lib/reconcile/looks.ts',
    '      const lost = await lookAt(ports, address, { since, goesOn: () => hasTime(1) });\n',
    '      const before = found;\n' +
      '      const lost = await lookAt(ports, address, { since, goesOn: () => hasTime(1) });\n' +
      '      found = before;\n',
  ]),
  defect('answer again what another bot has answered', 'test/reconcile/another-bot.test.ts', [
    'lib/reply/late-look.ts',
    'return at < othersUntil && lastSaidByOthers(messages) > event.Index;',
    'return false;',
  ]),
  defect(
    'what another bot answers is its own until it was last asked',
    'test/reconcile/another-bot.test.ts',
    [WIRING, 'return now.checkedAt + CHECK_EVERY_MS;', 'return now.checkedAt;'],
  ),
  defect('a service that was taken out is ours for that time', 'test/reconcile/another-bot.test.ts', [
    RECONCILE,
    'if (services[serviceSid] === undefined) until[serviceSid] = FOR_EVER;',
    '',
  ]),
  defect('a service that is added again stays another’s', 'test/record/since.test.ts', [
    'lib/record/since.ts',
    'mark.othersUntil === FOR_EVER ? now : undefined',
    'undefined',
  ]),
  defect('take a past for missed because somebody joined', 'test/history/before-the-bot.test.ts', [
    'lib/history/missed-messages.ts',
    'const mark: Mark = hasAccount(state)',
    'const mark: Mark = state !== undefined',
  ]),
  defect('remove a sign of loss that is two', 'test/reconcile/wide-look.test.ts', [
    'lib/reconcile/signs-of-loss.ts',
    'all.filter(([key]) => isClosed(key, now))',
    'all.filter(([key]) => isClosed(key, now + 120_000))',
  ]),
  defect('ask Monitor for what it does not keep', 'test/reconcile/signs-of-loss.test.ts', [
    'lib/reconcile/signs-of-loss.ts',
    'Math.max(askedAt - LATE_MS, now - KEPT_MS)',
    'askedAt - LATE_MS',
  ]),
  defect('stop at a service that cannot be listed', 'test/reconcile/wide-look.test.ts', [
    'lib/reconcile/wide-look.ts',
    "isRefusal(error) ? 'refused' : 'failed'",
    "isRefusal(error) ? 'failed' : 'failed'",
  ]),
  defect('signs of life while nothing can be listed', 'test/reconcile/new-conversations.test.ts', [
    RECONCILE,
    'if (hasAsked && isSaved && listed.isComplete && ',
    'if (hasAsked && isSaved && ',
  ]),
  defect('a reconciler that is behind passes for dead', 'test/reconcile/overlap.test.ts', [
    RECONCILE,
    'const hasAsked = begins || looks.looked() > 0;',
    'const hasAsked = begins;',
  ]),
];
