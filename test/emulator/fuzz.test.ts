import { request as httpRequest } from 'node:http';
import { expect, it } from 'vitest';
import { listen } from '../../emulator/http-listener.ts';
import type { ServiceResponse } from '../../emulator/service-request.ts';
import { machineClock } from '../../local/machine-clock.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { buildFullWorld } from './full-world.ts';
import { createHostileRequests, type Hostile } from './hostile-requests.ts';
import {
  API_KEY_SECRET,
  API_KEY_SID,
  basic,
  createRandom,
  settle,
  startService,
  type TestService,
} from './start-service.ts';

/** The token changes hands when a hostile request promotes another; the key stays. */
const AUTHORIZATION = basic(API_KEY_SID, API_KEY_SECRET);

/** No 5xx may come that nobody asked for, so what asks for one is taken back after each request. */
function takeBack(service: TestService): void {
  service.faults.clear();
  service.changeSettings({ statusOverrides: {}, actionsPerSecond: null });
  service.timeline.resume();
}

/** `npm run hostile` sends 100,000, and over sockets a tenth of it. */
const REQUESTS = Number(process.env['RUNS'] ?? 5_000);
const REQUESTS_EACH = 500;
const WORLDS = Math.ceil(REQUESTS / REQUESTS_EACH);
const OVER_SOCKETS = Math.ceil(REQUESTS / 10);
const timeout = Math.max(PATIENCE_MS, REQUESTS * 10);

it(`${REQUESTS} hostile requests in process: no 5xx, no defect, and the service answers at the end`, {
  timeout,
}, async () => {
  const statuses = new Map<number, number>();
  for (let world = 0; world < WORLDS; world += 1) {
    const random = createRandom(world);
    const { service, sids } = await buildFullWorld();
    const next = createHostileRequests(random, AUTHORIZATION, knownIn(sids));
    service.answer(() => ({ status: Math.floor(random() * 600), headers: {}, body: '{"body":"changed"}' }));
    takeBack(service);
    for (let n = 0; n < REQUESTS_EACH; n += 1) {
      const hostile = next();
      const { status, body } = await answer(service, hostile);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500) expect.unreachable(`${status} for ${describe(hostile)}\n${lastDefect(service)}`);
      if (status >= 400 && !text(body).includes('"more_info":'))
        expect.unreachable(`${status}: ${text(body)}`);
      takeBack(service);
    }
    await service.clock.advance(60_000);
    expect(lastDefect(service)).toBe('');
    const last = await service.rest('GET', '/v1/Services', {}, { authorization: AUTHORIZATION });
    expect(last.status).toBe(200);
  }
  // Otherwise the requests were too hostile to get anywhere.
  for (const status of [200, 201, 204, 400, 401, 404, 405])
    expect(statuses.get(status) ?? 0).toBeGreaterThan(REQUESTS / 100);
});

/** Lets time pass while a request waits for it: a slow fault, a pre-event webhook that is tried again. */
async function answer(service: TestService, hostile: Hostile): Promise<ServiceResponse> {
  let response: ServiceResponse | undefined;
  void service.handle({ ...hostile, url: hostile.path }).then((answered) => {
    response = answered;
  });
  await settle();
  while (response === undefined) await service.clock.advance(1000);
  return response;
}

/** `ConversationSid` for `Conversation`, and some names. */
function knownIn(sids: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const named = Object.entries(sids).map(([name, sid]) => [`${name}Sid`, sid]);
  const others = {
    ChatServiceSid: sids['Service'] ?? '',
    UniqueName: 'full',
    Identity: 'agent',
    Address: '+15550001',
  };
  return { ...Object.fromEntries(named), ...others };
}

it(`${OVER_SOCKETS} hostile requests over sockets: the listener lives on`, { timeout }, async () => {
  const service = startService({ clock: machineClock, settings: { actionsPerSecond: null } });
  const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
  const listening = await listen(service, { port: 0 });
  const next = createHostileRequests(createRandom(7), AUTHORIZATION, {
    ChatServiceSid: service.serviceSid,
    ConversationSid: String(conversation['sid']),
  });
  let answered = 0;
  for (let n = 0; n < OVER_SOCKETS; n += 1) {
    const status = await send(listening.port, next());
    expect(status).toBeLessThan(500);
    if (status > 0) answered += 1;
    takeBack(service);
  }
  expect(answered).toBeGreaterThan(OVER_SOCKETS / 3);
  expect(lastDefect(service)).toBe('');
  const last = await fetch(`${listening.url}/v1/Services`, {
    headers: { authorization: AUTHORIZATION },
  });
  expect(last.status).toBe(200);
  await listening.close();
});

/** @returns 0 when Node itself would not send such a thing, or the connection was cut */
function send(port: number, { method, path, headers, body }: Hostile): Promise<number> {
  return new Promise((resolve) => {
    try {
      const outgoing = httpRequest(
        { port, host: '127.0.0.1', method, path, headers: { ...headers, connection: 'close' } },
        (incoming) => {
          incoming.resume();
          incoming.on('error', () => resolve(0));
          incoming.on('end', () => resolve(incoming.statusCode ?? 0));
        },
      );
      outgoing.on('error', () => resolve(0));
      outgoing.end(body);
    } catch {
      resolve(0);
    }
  });
}

function text(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

function lastDefect(service: TestService): string {
  const defect = service.told.findLast(({ kind }) => kind === 'defect');
  return defect?.kind === 'defect' ? defect.error : '';
}

function describe({ method, path, body }: Hostile): string {
  return `${method} ${JSON.stringify(path)} ${JSON.stringify(new TextDecoder().decode(body))}`;
}
