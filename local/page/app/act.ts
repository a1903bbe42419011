import type { CustomerChannel, FaultInput } from '../../../emulator/index.ts';
import { readUpload } from './read-upload.ts';
import { RefusedError } from './refused-error.ts';

/** What people do here; docs/local-service.md describes the control interface that takes it. */
export interface Actions {
  start: { channel: CustomerChannel; author?: string };
  write: { conversationSid: string; author?: string; body?: string; files?: readonly File[] };
  tap: { conversationSid: string; messageSid: string; title: string };
  join: { conversationSid: string; identity: string };
  leave: { conversationSid: string; author: string };
  giveBack: { conversationSid: string };
  arm: FaultInput;
  disarm: { id: string };
  time: { frozen?: boolean; moveMs?: number };
  rotateToken: Record<string, never>;
  reset: Record<string, never>;
  /** What was saved. */
  load: { world: string };
}

type Call<Input> = (input: Input) => Promise<unknown>;

const customer =
  (name: string): Call<unknown> =>
  (input) =>
    control('POST', `/customer/${name}`, input);

const CALLS: { readonly [N in keyof Actions]: Call<Actions[N]> } = {
  start: customer('start'),
  write: async ({ files = [], ...rest }) => {
    const media = files.length === 0 ? {} : { media: await Promise.all(files.map(readUpload)) };
    return customer('write')({ ...rest, ...media });
  },
  tap: customer('tap'),
  join: customer('join'),
  leave: customer('leave'),
  giveBack: ({ conversationSid }) => ask('POST', `/give-back/${conversationSid}`),
  arm: (fault) => control('POST', '/faults', fault),
  disarm: ({ id }) => control('DELETE', `/faults/${id}`),
  time: (change) => control('POST', '/time', change),
  reset: () => control('POST', '/reset', {}),
  load: ({ world }) => ask('PUT', '/world', world),
  rotateToken: async () => {
    await control('POST', '/tokens/secondary', {});
    return control('POST', '/tokens/promote', {});
  },
};

/**
 * Does something in the world.
 * @throws RefusedError
 */
export function act<N extends keyof Actions>(name: N, input: Actions[N]): Promise<unknown> {
  return CALLS[name](input);
}

function control(method: string, path: string, input?: unknown): Promise<unknown> {
  return ask(method, `/control${path}`, input);
}

async function ask(method: string, path: string, input?: unknown): Promise<unknown> {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  const body = input === undefined ? {} : { body: text };
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(path, { method, headers, ...body }).catch(() => {
    throw new RefusedError('The local world does not answer. Is it still running?');
  });
  const answer = await response.text();
  if (response.ok) return answer === '' ? {} : JSON.parse(answer);
  throw new RefusedError(readError(answer) ?? `${response.status} ${answer}`);
}

/** Errors have the shape of Twilio's. */
function readError(text: string): string | undefined {
  try {
    const { message, code } = JSON.parse(text) as { message?: string; code?: number };
    return message === undefined ? undefined : `${message} (${code ?? '?'})`;
  } catch {
    return undefined;
  }
}
