import * as z from 'zod/mini';
import type { Core } from '../core.ts';
import { type Customer, createCustomer } from '../customer/create-customer.ts';
import type { FaultInput } from '../faults/fault.ts';
import { parseInput } from '../parse-input.ts';
import { RefusalError } from '../refusal-error.ts';
import { resetToStart } from '../reset.ts';
import { loadState, saveState } from '../save-state.ts';
import { settingsSchema } from '../settings.ts';
import { sendAgain } from '../webhooks/send-again.ts';
import * as inputs from './inputs.ts';

/** What the control interface can do: path, what it takes (JSON), what it gives (JSON). docs/local-service.md */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** What it is for, in the list of endpoints. */
  readonly about: string;
  readonly schema: z.core.$ZodType;
  readonly run: (core: Core, input: unknown, params: Readonly<Record<string, string>>) => unknown;
}

const NOTHING = z.unknown();

/** Ties what a route takes to its schema, so that `run` gets what was checked. */
function route<S extends z.core.$ZodType>(
  method: ControlRoute['method'],
  path: string,
  about: string,
  schema: S,
  run: (core: Core, input: z.output<S>, params: Readonly<Record<string, string>>) => unknown,
): ControlRoute {
  return { method, path: `/control${path}`, about, schema, run: run as ControlRoute['run'] };
}

function customer<S extends z.core.$ZodType>(
  name: string,
  about: string,
  schema: S,
  run: (customer: Customer, input: z.output<S>) => unknown,
): ControlRoute {
  return route('POST', `/customer/${name}`, about, schema, (core, input) => run(createCustomer(core), input));
}

export const CONTROL_ROUTES: readonly ControlRoute[] = [
  route('GET', '/faults', 'the armed faults', NOTHING, ({ faults }) => ({ faults: faults.list() })),
  route('POST', '/faults', 'arms a fault', inputs.anyRecord, ({ faults }, input) =>
    faults.arm(input as FaultInput),
  ),
  route('DELETE', '/faults', 'switches all faults off', NOTHING, ({ faults }) => faults.clear()),
  route(
    'DELETE',
    '/faults/:FaultId',
    'switches a fault off',
    NOTHING,
    ({ faults }, _input, { FaultId = '' }) => {
      if (!faults.disarm(FaultId)) throw new RefusalError(20404, `No fault ${FaultId.slice(0, 40)} is armed`);
    },
  ),

  route('GET', '/settings', 'the settings', NOTHING, ({ settings }) => settings),
  route('POST', '/settings', 'changes settings', inputs.anyRecord, (core, changes) => {
    core.settings = parseInput(settingsSchema, { ...core.settings, ...changes });
    return core.settings;
  }),

  route('GET', '/time', 'the time here', NOTHING, showTime),
  route('POST', '/time', 'freezes, moves or resumes the time', inputs.time, (core, { frozen, moveMs }) => {
    if (frozen === true) core.timeline.freeze();
    if (moveMs !== undefined) moveTime(core, moveMs);
    if (frozen === false) core.timeline.resume();
    core.happenings.tell({ kind: 'time', frozen: core.timeline.frozen });
    return showTime(core);
  }),

  route('POST', '/tokens/secondary', 'makes a second auth token', inputs.token, (core, { authToken }) => {
    const token = authToken ?? core.newSid('AC').slice(2);
    core.credentials.createSecondary(token);
    core.happenings.tell({ kind: 'token', change: 'secondary-created' });
    return { secondaryAuthToken: token };
  }),
  route('POST', '/tokens/promote', 'makes the second auth token the one that signs', NOTHING, (core) => {
    if (!core.credentials.promote())
      throw new RefusalError(20001, 'There is no secondary token: create one first');
    core.happenings.tell({ kind: 'token', change: 'promoted' });
    return {};
  }),

  route('GET', '/state', 'everything that is known, to be put back', NOTHING, (core) =>
    JSON.parse(saveState(core)),
  ),
  route('PUT', '/state', 'puts back what GET gave', inputs.anyRecord, (core, state) =>
    loadState(core, JSON.stringify(state)),
  ),

  route('POST', '/reset', 'puts everything back as it was at the start', NOTHING, (core) =>
    resetToStart(core),
  ),

  route('GET', '/happenings', 'what happened', NOTHING, (core) => ({ happenings: core.happenings.since(0) })),
  route('GET', '/happenings/:Seq', 'what happened after that number', NOTHING, (core, _input, { Seq }) => ({
    happenings: core.happenings.since(Number(Seq)),
  })),

  route(
    'POST',
    '/webhooks/:WebhookId/replay',
    'sends a webhook again that was sent',
    NOTHING,
    (core, _input, { WebhookId = '' }) => sendAgain(core, WebhookId),
  ),

  customer('start', 'a customer begins a conversation', inputs.start, (people, input) =>
    people.startConversation(input),
  ),
  customer('write', 'somebody in a conversation writes', inputs.write, (people, input) =>
    people.write(input),
  ),
  customer('receive', 'a message comes in from an address', inputs.receive, (people, input) =>
    people.receive(input),
  ),
  customer('tap', 'a customer taps a button or a list item', inputs.tap, (people, input) =>
    people.tap(input),
  ),
  customer('edit', 'somebody edits a message', inputs.edit, (people, input) => people.edit(input)),
  customer('remove', 'somebody removes a message', inputs.remove, (people, input) => people.remove(input)),
  customer('join', 'an agent joins', inputs.join, (people, input) => people.join(input)),
  customer('leave', 'somebody leaves', inputs.reader, (people, input) => people.leave(input)),
  customer('read', 'somebody reads everything', inputs.reader, (people, input) => people.read(input)),
  customer('receipts', 'the carrier reports on a message', inputs.receipts, (people, input) => ({
    receipts: people.setReceipts(input),
  })),
];

const LATEST_TIME = Date.parse('9000-01-01T00:00:00Z');

/** Every date must still print with four digits of its year. */
function moveTime({ timeline }: Core, ms: number): void {
  const target = timeline.now() + ms;
  if (target < 0 || target > LATEST_TIME) throw new RefusalError(20001, 'Time goes from 1970 to 9000');
  timeline.move(ms);
}

function showTime({ timeline }: Core): { now: string; frozen: boolean } {
  return { now: new Date(timeline.now()).toISOString(), frozen: timeline.frozen };
}
