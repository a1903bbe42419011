import type { FaultInput } from '../../service/faults/fault.ts';

/** What people do here, by name; local/page/actions.ts takes it. */
export interface Actions {
  start: { channel: 'whatsapp' | 'sms' | 'chat'; author?: string };
  write: { conversationSid: string; author?: string; body?: string; media?: readonly Upload[] };
  tap: { conversationSid: string; messageSid: string; title: string };
  join: { conversationSid: string; identity: string };
  leave: { conversationSid: string; author: string };
  arm: FaultInput;
  disarm: { id: string };
  freeze: Record<string, never>;
  resume: Record<string, never>;
  move: { ms: number };
  skip: Record<string, never>;
}

export interface Upload {
  readonly contentType: string;
  readonly filename: string;
  readonly base64: string;
}

/** The world refused, with its own words. */
export class Refused extends Error {}

/**
 * Does something in the world.
 * @throws Refused
 */
export async function act<N extends keyof Actions>(name: N, input: Actions[N]): Promise<unknown> {
  const response = await fetch(`/actions/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  }).catch(() => {
    throw new Refused('The local world does not answer. Is npm start still running?');
  });
  const answer = (await response.json()) as { message?: string; code?: number };
  if (response.ok) return answer;
  throw new Refused(`${answer.message ?? response.statusText}${answer.code ? ` (${answer.code})` : ''}`);
}
