import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationEvent, EventName } from '../../lib/event/event-types.ts';
import type { FormParams } from '../../lib/event/form-params.ts';
import { EVENT_SCHEMAS } from '../../lib/webhook/event-schema.ts';
import { FREE_FIELDS, isShaped } from '../../lib/webhook/field-shapes.ts';
import { eventFields, parseEvent } from '../../lib/webhook/parse-event.ts';
import { signWebhook, sortParams } from '../../lib/webhook/sign-webhook.ts';
import { signedUrls, verifySignature } from '../../lib/webhook/verify-signature.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { genuine, recut } from './cut-signed-text.ts';
import { TOKEN, URL_1 } from './requests.ts';

/** `npm run hostile` tries 1,000,000, ten for each of its runs; `SEED` chooses others. */
const numRuns = 10 * Number(process.env['RUNS'] ?? 250);
const seed = Number(process.env['SEED'] ?? 20_261_120);
/** A long run may take long. */
const timeout = Math.max(PATIENCE_MS, numRuns * 10);
const urls = signedUrls([URL_1]);

/** What a doubtful event still vouches for: the rest is read from Twilio. Without its service, that is asked for. */
function vouchedFor(event: ConversationEvent, service: string | undefined) {
  const entries = Object.entries(event).filter(([name]) => name.endsWith('Sid') || name === 'EventType');
  return { ...(service === undefined ? {} : { ChatServiceSid: service }), ...Object.fromEntries(entries) };
}

/**
 * What find-ambiguity.ts says that it cannot see: a text that swallows a parameter added since, and one that ends in
 * a parameter that Twilio left out.
 */
function isBeyondSight(params: FormParams): boolean {
  const fields = eventFields(params.get('EventType')?.[0]);
  const absent = [...fields].filter((field) => isShaped(field) && !params.has(field));
  const sorted = sortParams(params);
  return sorted.some(([name, values], at) => {
    const isText = fields.has(name) && (!isShaped(name) || FREE_FIELDS.has(name));
    const behind = sorted[at + 1]?.[0];
    if (isText && behind !== undefined && !fields.has(behind)) return true;
    return values.some((value) => absent.some((field) => value.includes(field)));
  });
}

/** Calls `judge` with `count` pairs, or some more, of a webhook and another way to cut its string. */
function forEachRecut(
  count: number,
  judge: (original: ConversationEvent, cut: FormParams, params: FormParams) => void,
): void {
  const chances = fc.array(fc.nat(), { minLength: 40, maxLength: 40 });
  let judged = 0;
  fc.assert(
    fc.property(genuine, chances, (params, chances) => {
      const original = parseEvent(params);
      fc.pre(original.kind === 'event' && !isBeyondSight(params));
      for (const chance of chances) {
        const cut = recut(params, chance);
        if (cut === undefined) continue;
        judged += 1;
        judge(original.event, cut, params);
      }
    }),
    { numRuns: Math.ceil(count / 8), seed },
  );
  expect(judged).toBeGreaterThanOrEqual(count);
}

describe(`${numRuns} other ways to cut a signed string`, () => {
  it('keep the signature valid, and are refused, or mean the same, or vouch for nothing that changed', {
    timeout,
  }, () => {
    const verdicts = { refused: 0, same: 0, doubtful: 0 };
    forEachRecut(numRuns, (original, cut, params) => {
      const signature = signWebhook(TOKEN, URL_1, params);
      expect(verifySignature({ signature, params: cut, urls, authTokens: [TOKEN] })).toBe(true);
      const read = parseEvent(cut);
      if (read.kind !== 'event') {
        verdicts.refused += 1;
      } else if (read.doubtful) {
        verdicts.doubtful += 1;
        const service = original.ChatServiceSid;
        expect(vouchedFor(read.event, service)).toEqual(vouchedFor(original, service));
      } else {
        verdicts.same += 1;
        expect(read.event).toEqual(original);
      }
    });
    // The generator reaches every verdict, or it proves nothing.
    for (const reached of Object.values(verdicts)) expect(reached).toBeGreaterThan(numRuns / 500);
  });

  it('would change events if nothing but the shape of each field were checked', () => {
    const changed = new Set<string>();
    const shapesAlone = (cut: FormParams) => {
      const input = Object.fromEntries([...cut].map(([name, values]) => [name, values[0]]));
      const schema = EVENT_SCHEMAS[input['EventType'] as EventName];
      return schema?.().safeParse(input).data;
    };
    forEachRecut(5_000, (original, cut) => {
      const read = shapesAlone(cut);
      if (read === undefined) return;
      for (const field of new Set([...Object.keys(original), ...Object.keys(read)])) {
        const [before, after] = [original, read].map((event) =>
          JSON.stringify(Object.entries(event).find(([name]) => name === field)),
        );
        if (before !== after && field !== 'MessagingBinding.Address') changed.add(field);
      }
    });
    for (const field of [
      'Author',
      'Body',
      'ChatServiceSid',
      'ClientIdentity',
      'EventType',
      'FriendlyName',
      'Media',
      'ParticipantSid',
      'Source',
    ]) {
      expect(changed).toContain(field);
    }
  });
});
