import * as z from 'zod/mini';
import type { Core } from '../core.ts';
import { type Customer, createCustomer } from '../customer/create-customer.ts';
import type { FaultInput } from '../faults/fault.ts';
import { parseInput } from '../parse-input.ts';
import { RefusalError } from '../refusal-error.ts';
import { loadState, saveState } from '../save-state.ts';
import { settingsSchema } from '../settings.ts';
import * as inputs from './inputs.ts';

/** What the control interface can do: path, what it takes (JSON), what it gives (JSON). docs/local-service.md */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly schema: z.core.$ZodType;
  readonly run: (core: Core, input: unknown, params: Readonly<Record<string, string>>) => unknown;
}

const NOTHING = z.unknown();

/** Ties what a route takes to its schema, so that `run` gets what was checked. */
function route<S extends z.core.$ZodType>(
  method: ControlRoute['method'],
  path: string,
  schema: S,
  run: (core: Core, input: z.output<S>, params: Readonly<Record<string, string>>) => unknown,
): ControlRoute {
  return { method, path: `/control${path}`, schema, run: run as ControlRoute['run'] };
}

function customer<S extends z.core.$ZodType>(
  name: string,
  schema: S,
  run: (customer: Customer, input: z.output<S>) => unknown,
): ControlRoute {
  return route('POST', `/customer/${name}`, schema, (core, input) => run(createCustomer(core), input));
}

export const CONTROL_ROUTES: readonly ControlRoute[] = [
  route('GET', '/faults', NOTHING, ({ faults }) => ({ faults: faults.list() })),
  route('POST', '/faults', inputs.anyRecord, ({ faults }, input) => faults.arm(input as FaultInput)),
  route('DELETE', '/faults', NOTHING, ({ faults }) => faults.clear()),
  route('DELETE', '/faults/:FaultId', NOTHING, ({ faults }, _input, { FaultId = '' }) => {
    if (!faults.disarm(FaultId)) throw new RefusalError(20404, `No fault ${FaultId.slice(0, 40)} is armed`);
  }),

  route('GET', '/settings', NOTHING, ({ settings }) => settings),
  route('POST', '/settings', inputs.anyRecord, (core, changes) => {
    core.settings = parseInput(settingsSchema, { ...core.settings, ...changes });
    return core.settings;
  }),

  route('GET', '/time', NOTHING, showTime),
  route('POST', '/time', inputs.time, (core, { frozen, moveMs }) => {
    if (frozen === true) core.timeline.freeze();
    if (moveMs !== undefined) moveTime(core, moveMs);
    if (frozen === false) core.timeline.resume();
    core.happenings.tell({ kind: 'time', frozen: core.timeline.frozen });
    return showTime(core);
  }),

  route('POST', '/tokens/secondary', inputs.token, (core, { authToken }) => {
    const token = authToken ?? core.newSid('AC').slice(2);
    core.credentials.createSecondary(token);
    core.happenings.tell({ kind: 'token', change: 'secondary-created' });
    return { secondaryAuthToken: token };
  }),
  route('POST', '/tokens/promote', NOTHING, (core) => {
    if (!core.credentials.promote())
      throw new RefusalError(20001, 'There is no secondary token: create one first');
    core.happenings.tell({ kind: 'token', change: 'promoted' });
    return {};
  }),

  route('GET', '/state', NOTHING, (core) => JSON.parse(saveState(core))),
  route('PUT', '/state', inputs.anyRecord, (core, state) => loadState(core, JSON.stringify(state))),

  route('GET', '/happenings', NOTHING, (core) => ({ happenings: core.happenings.since(0) })),
  route('GET', '/happenings/:Seq', NOTHING, (core, _input, { Seq }) => ({
    happenings: core.happenings.since(Number(Seq)),
  })),

  customer('start', inputs.start, (people, input) => people.startConversation(input)),
  customer('write', inputs.write, (people, input) => people.write(input)),
  customer('receive', inputs.receive, (people, input) => people.receive(input)),
  customer('tap', inputs.tap, (people, input) => people.tap(input)),
  customer('edit', inputs.edit, (people, input) => people.edit(input)),
  customer('remove', inputs.remove, (people, input) => people.remove(input)),
  customer('join', inputs.join, (people, input) => people.join(input)),
  customer('leave', inputs.reader, (people, input) => people.leave(input)),
  customer('read', inputs.reader, (people, input) => people.read(input)),
  customer('receipts', inputs.receipts, (people, input) => ({ receipts: people.setReceipts(input) })),
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
