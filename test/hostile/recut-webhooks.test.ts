import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import type { FormParams } from '../../lib/event/form-params.ts';
import { isKnownSource } from '../../lib/event/read-channel.ts';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import { parseEvent } from '../../lib/webhook/parse-event.ts';
import { genuine, recut } from '../webhook/cut-signed-text.ts';
import { encodeForm, httpApi, signedPost } from '../webhook/requests.ts';
import { ACCOUNT_SID, ANSWERED, createReceiver } from './receiver.ts';
import { replyTo } from './reply-to.ts';

/** `npm run hostile` runs 100,000; `RUNS` and `SEED` choose others. */
const numRuns = Number(process.env['RUNS'] ?? 1_000);
const seed = Number(process.env['SEED'] ?? 20_261_120);

/** Webhooks that somebody may have captured: ours, certain, and such that the bot answers them. */
const captured = genuine
  .map((params): FormParams => new Map([...params, ['AccountSid', [ACCOUNT_SID]]]))
  .filter((params) => {
    const parsed = parseEvent(params);
    return (
      parsed.kind === 'event' &&
      !parsed.doubtful &&
      parsed.event.ChatServiceSid !== undefined &&
      ANSWERED.has(parsed.event.EventType)
    );
  });

function read(params: FormParams): ConversationEvent {
  const parsed = parseEvent(params);
  if (parsed.kind !== 'event') throw new Error(`a captured webhook is ${parsed.kind}`);
  return parsed.event;
}

/**
 * What is read back of an event: Twilio's REST API does not tell a Source, so a message keeps the one its webhook
 * says, if that is a word we know.
 */
function asReadBack({ Source: _, ...event }: ConversationEvent, heard: ConversationEvent): ConversationEvent {
  const { EventType, Source = '' } = heard;
  const source = EventType === 'onMessageAdded' && isKnownSource(Source) ? { Source } : {};
  return { ...event, ...source } as ConversationEvent;
}

const ADDRESS = 'MessagingBinding.Address';
type Addressed = ConversationEvent & { readonly [ADDRESS]?: readonly string[] };

/**
 * What may be made of a doubtful event: the truth or, of a conversation that began and whose address the cut has
 * changed, the truth without it, since REST does not tell that address either.
 */
function truths(original: ConversationEvent, heard: Addressed): readonly ConversationEvent[] {
  const truth: Addressed = asReadBack(original, heard);
  const { [ADDRESS]: address, ...withoutAddress } = truth;
  const isChanged = String(address) !== String(heard[ADDRESS]);
  return heard.EventType === 'onConversationAdded' && isChanged ? [truth, withoutAddress] : [truth];
}

describe(`${numRuns} requests cut otherwise from the signed string of a captured webhook`, () => {
  it('are refused, or queued as what they were, or lead to the reply that the original would have got', async () => {
    const receive = createReceiver();
    const verdicts = { refused: 0, same: 0, doubtful: 0 };
    const chances = fc.array(fc.nat(), { minLength: 40, maxLength: 40 });
    let judged = 0;
    await fc.assert(
      fc.asyncProperty(captured, chances, async (params, chances) => {
        const { headers } = signedPost(params);
        const original = read(params);
        for (const chance of chances) {
          const cut = recut(params, chance);
          if (cut === undefined) continue;
          judged += 1;
          const { answer, queued } = await receive(httpApi({ headers, body: encodeForm(cut) }));
          expect(answer.body).toBe('');
          expect([200, 400, 403]).toContain(answer.statusCode);
          expect(queued.length).toBeLessThanOrEqual(answer.statusCode === 200 ? 1 : 0);
          const [message] = queued;
          if (message === undefined) {
            verdicts.refused += 1;
            continue;
          }
          const { event, doubtful } = openEnvelope(message.body);
          if (doubtful) {
            verdicts.doubtful += 1;
            const allowed = truths(original, event).map((truth) => replyTo(undefined, truth));
            expect(await Promise.all(allowed)).toContainEqual(await replyTo(message, original));
          } else {
            verdicts.same += 1;
            expect(event).toEqual(original);
          }
        }
      }),
      { numRuns: Math.ceil(numRuns / 8), seed },
    );
    expect(judged).toBeGreaterThanOrEqual(numRuns);
    // All three happen, or it proves nothing.
    for (const reached of Object.values(verdicts)) expect(reached).toBeGreaterThan(numRuns / 1_000);
  }, 1_200_000);
});
