import { type Defect, defect } from './defect.ts';

const SETTLE = 'lib/reply/settle-calls.ts';
const ANSWER = 'lib/reply/answer.ts';
const TRY = 'lib/reply/open-try.ts';
const CALLER = 'lib/handlers/create-caller.ts';
const SEEDS = 'seeds of handlers';
const CALLS = 'test/reply/calls.test.ts';

/** Mistakes with the handlers that rules call. */
export const HANDLER_DEFECTS: readonly Defect[] = [
  defect('call a handler again before anybody can know of it', SEEDS, [
    TRY,
    'if (tries.calling !== handler) await saveMark(markCall(tries, handler));',
    'if (tries.calling !== handler) isMarked = false;',
  ]),
  defect('call a handler that has ended the process twice', SEEDS, [
    TRY,
    'if (hasDiedCalling(tries, handler)) return false;',
    '',
  ]),
  defect('blame all handlers of an answer for one', CALLS, [
    'lib/record/tries.ts',
    'return deadly?.includes(handler) ?? diedCalling === true;',
    'return deadly?.includes(handler) || diedCalling === true;',
  ]),
  defect('send what a handler returned before the plan is frozen', CALLS, [
    ANSWER,
    'const frozen = begun === undefined && record.called !== undefined;',
    'const frozen = false;',
  ]),
  defect('call a handler again once its answer is frozen', SEEDS, [
    ANSWER,
    'const record = begun ?? (await',
    'const record = (begun?.called === undefined ? begun : undefined) ?? (await',
  ]),
  defect('leave out the else of a handler that failed', SEEDS, [
    SETTLE,
    'own = result.actions ?? own;',
    'own = result.actions ?? [];',
  ]),
  defect('say the else of a handler that answered as well', SEEDS, [
    SETTLE,
    'own = result.actions ?? own;',
    'own = [...(result.actions ?? []), ...own];',
  ]),
  defect('send more than a handler may say', SEEDS, [
    SETTLE,
    'if (count > MAX_CALL_MESSAGES) throw',
    'if (count > 1_000) throw',
  ]),
  defect('take what a handler returns when its time is over', 'test/handlers/create-caller.test.ts', [
    CALLER,
    'const ended = await Promise.race([answering, left.promise, tooLate]);',
    `const ended = (await Promise.race([answering, left.promise, tooLate.then(() => clock.sleep(60_000))])) ?? 'late';`,
  ]),
  defect('log what a handler threw', 'test/reply/no-leak-by-handlers.test.ts', [
    CALLER,
    `codes.get(Object(ended.thrown)) ?? 'defect'`,
    `codes.get(Object(ended.thrown)) ?? describe(ended.thrown)`,
  ]),
  defect('call a handler without the time to send what it returns', CALLS, [
    'lib/reply/plan-event.ts',
    'callMs + POST_MS + SAVE_MARGIN_MS',
    'callMs',
  ]),
  defect('ask the question of a handler that said nothing', CALLS, [
    SETTLE,
    'return isAsked || question === undefined',
    'return true || question === undefined',
  ]),
  defect('let a handler ask the machine itself', 'test/handlers/outside.test.ts', [
    'lib/handlers/read-request.ts',
    'if (!ownMachine && isOwnMachine(url.hostname))',
    `if (!ownMachine && isOwnMachine(url.hostname) && url.protocol === '')`,
  ]),
];
