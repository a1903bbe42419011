import { readMarker } from '../../../lib/event/marker.ts';
import type { HttpRequest } from '../../../lib/ports.ts';
import { onlyWebhooks } from '../calm.ts';
import type { Caller, TwilioFault } from '../chaos.ts';
import { createDeliveries } from '../deliveries.ts';
import type { Profile } from '../profile.ts';
import { BOOKS, judgeEnd, oweNothing, playVictim } from './one-that-fails.ts';

/** What Twilio, or somebody in between, answers each time. */
const ANSWERS: readonly TwilioFault[] = [
  { kind: 'error', code: 20500, when: 'before' },
  { kind: 'error', code: 20500, when: 'after' },
  { kind: 'error', code: 20503, when: 'before' },
  { kind: 'error', code: 50514, when: 'before' },
  { kind: 'error', code: 50391, when: 'before' },
  { kind: 'error', code: 50386, when: 'before' },
  { kind: 'error', code: 20404, when: 'before' },
  { kind: 'error', code: 20003, when: 'before' },
  { kind: 'error', code: 50377, when: 'before' },
  { kind: 'proxy', status: 403, when: 'before' },
  { kind: 'proxy', status: 403, when: 'after' },
  { kind: 'proxy', status: 404, when: 'before' },
  { kind: 'proxy', status: 502, when: 'before' },
  { kind: 'rate-limit' },
  { kind: 'rate-limit', retryAfterSeconds: 3 },
  { kind: 'reset', when: 'before' },
  { kind: 'reset', when: 'after' },
  { kind: 'timeout', commit: 'never' },
  { kind: 'timeout', commit: 'at-once' },
  { kind: 'garbage', body: 'html' },
  'refused',
];
/** Which requests of the one message. */
const REQUESTS = ['1/2', '2/2', '2/2', 'POST', 'read', 'all'] as const;

/** Failures that never end, for one message: Twilio answers every other request. */
export const lasting: Profile = {
  name: 'lasting',
  about:
    'One message, or one part of its answer, fails each time and in one way, while Twilio answers all else',
  scene: ({ random, now }) => {
    const answer = ANSWERS[Math.floor(random() * ANSWERS.length)] as TwilioFault;
    const which = REQUESTS[Math.floor(random() * REQUESTS.length)] ?? 'POST';
    const deliveries = createDeliveries({ now });
    let victim: string | undefined;

    function isHit(process: Caller, { method, path, body }: HttpRequest): boolean {
      if (process.name !== 'reply' || process.subject !== `onMessageAdded|${victim}`) return false;
      // What concerns no conversation is not asked for the message's sake.
      if (!/\/CH\w{32}\b/.test(path)) return false;
      if (method === 'GET') return which === 'read' || which === 'all';
      const marker = readMarker(new URLSearchParams(body).get('Attributes'));
      return (
        marker?.in_reply_to === victim && (which === 'POST' || which === 'all' || marker?.part === which)
      );
    }

    return {
      load: onlyWebhooks,
      world: {
        rules: (version) => BOOKS[version],
        onDelivery: deliveries.onDelivery,
        onUntouched: deliveries.onUntouched,
        tamper: (chance) => ({
          ...chance,
          atRequest: (process, request) =>
            isHit(process, request) ? answer : chance.atRequest(process, request),
        }),
      },
      play: (stage) =>
        playVictim(stage, ({ sid, body }) => {
          victim = sid;
          stage.trace(`"${body}" fails each time: ${which}, ${JSON.stringify(answer)}`);
        }),
      reckon: async ({ written }) => oweNothing(written, victim),
      judge: (stage) => judgeEnd(stage, victim, deliveries),
    };
  },
};
