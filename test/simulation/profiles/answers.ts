import { readMarker } from '../../../lib/event/marker.ts';
import type { TwilioFault } from '../chaos.ts';
import { readRecord } from '../oracle.ts';
import type { Profile } from '../profile.ts';

/** Not now, but another time: nothing says that the next try must fail. */
const PASSING: readonly TwilioFault[] = [
  ...[20003, 20404, 20429, 50063, 50074, 50386, 50391, 50449, 50514, 20500, 20503].flatMap((code) => [
    { kind: 'error', code, when: 'before' } as const,
  ]),
  ...[20500, 20503].map((code) => ({ kind: 'error', code, when: 'after' }) as const),
  ...[30, 120, 400, 900].map((retryAfterSeconds) => ({ kind: 'rate-limit', retryAfterSeconds }) as const),
  ...[401, 403, 404, 408, 413, 429, 500, 502, 504].map(
    (status) => ({ kind: 'proxy', status, when: 'before' }) as const,
  ),
  // Not 401 and 429: who refuses so has asked nobody.
  ...[403, 404, 408, 500, 502, 504].map((status) => ({ kind: 'proxy', status, when: 'after' }) as const),
  { kind: 'slow', ms: 7_000 },
  { kind: 'slow', ms: 9_000 },
  { kind: 'garbage', body: 'empty' },
  { kind: 'garbage', body: 'html' },
];
/** Twilio will not have this, however often it is asked. */
const FINAL = [
  20001, 20004, 21656, 50050, 50056, 50303, 50304, 50308, 50310, 50377, 50503, 50504, 50507, 50508, 50510,
  50512, 50513, 50526, 50527, 50528, 50529, 50540, 50541, 50542, 92002, 50214, 50416, 50433,
].map((code): TwilioFault => ({ kind: 'error', code, when: 'before' }));

/** Whatever Twilio and what stands in front of it can answer, to any request. */
export const answers: Profile = {
  name: 'answers',
  about:
    'Every answer that Twilio is known for, to some of all requests, with long waits in Retry-After among them',
  scene: ({ random }) => {
    const pick = () => PASSING[Math.floor(random() * PASSING.length)] as TwilioFault;
    const drawn = [
      pick(),
      pick(),
      ...(random() < 0.3 ? FINAL : []).slice(0, 1 + Math.floor(random() * FINAL.length)).slice(-1),
    ];
    const share = random() * 0.25;
    /** Subjects whose answer Twilio has refused. */
    const refused = new Set<string>();
    let isOver = false;

    return {
      load: (load) => ({ ...load, errorBefore: 0, errorAfter: 0, rateLimit: 0, garbage: 0 }),
      world: {
        tamper: (chance) => ({
          ...chance,
          atRequest: (process, request) => {
            if (isOver || random() >= share) return chance.atRequest(process, request);
            const fault = drawn[Math.floor(random() * drawn.length)] as TwilioFault;
            if (request.method !== 'POST') return fault;
            const subject = readMarker(new URLSearchParams(request.body).get('Attributes'))?.in_reply_to;
            if (FINAL.includes(fault) && subject !== undefined) refused.add(subject);
            return fault;
          },
        }),
      },
      calm: async () => {
        isOver = true;
      },
      reckon: async ({ world, written }) => {
        for (const [at, message] of written.entries()) {
          if (!refused.has(message.sid)) continue;
          const { finished, parts = [] } = (await readRecord(world, message)) ?? {};
          if (finished?.outcome !== 'quarantined') continue;
          const sent = parts.filter(({ state }) => state === 'sent').length;
          written[at] = { ...message, due: sent, most: message.due, outcome: 'quarantined' };
        }
      },
    };
  },
};
