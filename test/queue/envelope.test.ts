import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENTS, SERVICE_SID } from '../../events/make.ts';
import { BotError } from '../../lib/errors.ts';
import { eventParams } from '../../lib/event/event-params.ts';
import type { ConversationEvent, MessageAdded } from '../../lib/event/event-types.ts';
import type { FormParams } from '../../lib/event/form-params.ts';
import { addressOf } from '../../lib/event/subject.ts';
import { openEnvelope, sealEnvelope, sealFound } from '../../lib/queue/envelope.ts';
import {
  EnvelopeInvalidError,
  EnvelopeNewerError,
  EnvelopeTooLargeError,
} from '../../lib/queue/envelope-errors.ts';
import { parseEvent } from '../../lib/webhook/parse-event.ts';
import { signedText } from '../../lib/webhook/sign-webhook.ts';
import { runs } from '../support/runs.ts';
import { genuine } from '../webhook/cut-signed-text.ts';

const AT = 1_795_167_000_500;
const params = eventParams(EVENTS['onMessageAdded.sms'] as ConversationEvent);
const withParam = (name: string, ...values: string[]): FormParams => new Map([...params, [name, values]]);
const roundTrip = (Body: string) =>
  (openEnvelope(sealEnvelope(withParam('Body', Body), AT)).event as MessageAdded).Body;

function opening(body: string): BotError {
  try {
    openEnvelope(body);
  } catch (error) {
    if (error instanceof BotError) return error;
  }
  throw new Error('it opened');
}

/** An envelope with one thing changed. */
function tampered(change: Record<string, unknown>): string {
  return JSON.stringify({ ...JSON.parse(sealEnvelope(params, AT)), ...change });
}

describe('an envelope', () => {
  /** What is on a queue during a deployment was sealed by the version before. Never change it; add one for v 2. */
  it('of version 1 opens for as long as there is a version 1 on some queue', () => {
    const body =
      '{"v":1,"receivedAt":1795167000500,"doubtful":true,"params":{"EventType":"onMessageAdded",' +
      '"AccountSid":"AC00000000000000000000000000000001","ChatServiceSid":"IS00000000000000000000000000000001",' +
      '"ConversationSid":"CH00000000000000000000000000000001","Author":"+15550100001","Attributes":"{\\"a\\":1}",' +
      '"Body":"Where\'s order 12345? \\ud83d\\ude4f","MessageSid":"IM00000000000000000000000000000001","Index":"4",' +
      '"DateCreated":"2026-11-20T09:30:00.250Z","Source":"SMS"}}';
    expect(openEnvelope(body)).toEqual({
      receivedAt: AT,
      doubtful: true,
      address: {
        serviceSid: 'IS00000000000000000000000000000001',
        conversationSid: 'CH00000000000000000000000000000001',
      },
      event: {
        EventType: 'onMessageAdded',
        AccountSid: 'AC00000000000000000000000000000001',
        ChatServiceSid: 'IS00000000000000000000000000000001',
        ConversationSid: 'CH00000000000000000000000000000001',
        Author: '+15550100001',
        Attributes: { a: 1 },
        Body: "Where's order 12345? 🙏",
        Media: [],
        MessageSid: 'IM00000000000000000000000000000001',
        Index: 4,
        DateCreated: '2026-11-20T09:30:00.250Z',
        Source: 'SMS',
      },
    });
  });

  const conversational = Object.entries(EVENTS).filter(([, event]) => 'ConversationSid' in event);

  it.each(conversational)('gives %s back', (_, event) => {
    expect(openEnvelope(sealEnvelope(eventParams(event), AT))).toEqual({
      event,
      receivedAt: AT,
      doubtful: false,
      address: { serviceSid: SERVICE_SID, conversationSid: `CH${'1'.padStart(32, '0')}` },
    });
  });

  it('says what is sealed, and no more than it must', () => {
    expect(JSON.parse(sealEnvelope(withParam('Zed', 'not ours'), AT))).toEqual({
      v: 1,
      receivedAt: AT,
      params: Object.fromEntries([...params].map(([name, [value]]) => [name, value])),
    });
    expect(JSON.parse(sealEnvelope(params, AT, true))).toMatchObject({ doubtful: true });
  });

  it('holds no parameter of an event that nobody knows', () => {
    const nameless = new Map([...params].filter(([name]) => name !== 'EventType'));
    for (const unknown of [nameless, withParam('EventType', 'onNew')])
      expect(JSON.parse(sealEnvelope(unknown, AT))).toEqual({ v: 1, receivedAt: AT, params: {} });
  });

  it('keeps every code unit, alone and beside the next, in ASCII', () => {
    for (let from = 0; from < 0x1_0000; from += 0x400) {
      const units = Array.from({ length: 0x400 }, (_, at) => String.fromCharCode(from + at));
      for (const text of [units.join(''), units.join('x')]) {
        expect(sealEnvelope(withParam('Body', text), AT)).toMatch(/^[ -~]+$/);
        expect(roundTrip(text)).toBe(text);
      }
    }
  });

  it('keeps any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(roundTrip(text)).toBe(text);
      }),
    );
  });

  it('keeps Attributes as the string they came as', () => {
    const attributes = ' {"big":1e400,"same":1,"same":2}';
    const sealed = JSON.parse(sealEnvelope(withParam('Attributes', attributes), AT));
    expect(sealed.params.Attributes).toBe(attributes);
  });

  it('is doubtful when it was, and when what it holds is', () => {
    const open = (params: FormParams, doubtful: boolean) =>
      openEnvelope(sealEnvelope(params, AT, doubtful)).doubtful;
    expect(open(params, false)).toBe(false);
    expect(open(params, true)).toBe(true);
    expect(open(withParam('Source', 'NEWCHANNEL'), false)).toBe(true);
  });

  it('opens whatever was taken in, although the parameters we do not know stay behind', () => {
    fc.assert(
      fc.property(genuine, (params) => {
        const parsed = parseEvent(params);
        fc.pre(parsed.kind === 'event' && addressOf(parsed.event) !== undefined);
        const opened = openEnvelope(sealEnvelope(params, AT, parsed.doubtful));
        expect(opened.event).toEqual(parsed.event);
        if (parsed.doubtful) expect(opened.doubtful).toBe(true);
      }),
      { numRuns: runs(500, 2_000) },
    );
  });

  it('is doubtful, and not given up, where a text looks as if it held a whole webhook once those stayed behind', () => {
    const renamed = EVENTS['onConversationUpdated'] as ConversationEvent;
    const swallowed = signedText(params);
    const form: FormParams = new Map([...eventParams(renamed), ['FriendlyName', [swallowed]]]);
    expect(parseEvent(form)).toEqual({ kind: 'refused', reason: 'hidden_parameter' });
    expect(openEnvelope(sealEnvelope(form, AT))).toMatchObject({
      event: { EventType: 'onConversationUpdated', FriendlyName: swallowed },
      doubtful: true,
    });
  });

  it('holds 256 KiB and says so when that is not enough', () => {
    const empty = sealEnvelope(withParam('Body', ''), AT).length;
    const body = (length: number) => withParam('Body', 'x'.repeat(length));
    expect(sealEnvelope(body(262_144 - empty), AT)).toHaveLength(262_144);
    expect(() => sealEnvelope(body(262_145 - empty), AT)).toThrow(EnvelopeTooLargeError);
    expect(() => sealEnvelope(body(262_145 - empty), AT)).toThrow(
      'takes 262145 bytes on the queue; at most 262144',
    );
  });

  it('holds the longest message Twilio takes in, in the characters that take most room', () => {
    const text = (bytes: number, character: string) => character.repeat(bytes / Buffer.byteLength(character));
    for (const character of ['\0', 'é', '€', '😀']) {
      const longest = new Map([
        ...withParam('Body', text(32 * 1024, character)),
        ['Attributes', [JSON.stringify(text(4 * 1024, character))]] as const,
      ]);
      expect(sealEnvelope(longest, AT).length).toBeLessThan(262_144);
    }
  });
});

describe('an envelope of what was found by asking Twilio', () => {
  const event = EVENTS['onMessageAdded.sms'] as ConversationEvent;

  it('says so, and nothing in it is doubtful', () => {
    const body = sealFound(event, AT);
    expect(JSON.parse(body)).toEqual({ ...JSON.parse(sealEnvelope(params, AT)), found: true });
    expect(openEnvelope(body)).toMatchObject({ event, found: true, doubtful: false });
  });

  // On the queue it would be given up without a record, and found again for ever.
  it('is not sealed where it would not open', () => {
    const nowhere = EVENTS['onUserAdded'] as ConversationEvent;
    expect(() => sealFound(nowhere, AT)).toThrow(EnvelopeInvalidError);
  });
});

describe('an envelope without a service', () => {
  it('opens without one: Twilio is asked for it', () => {
    const { address } = openEnvelope(sealEnvelope(withParam('ChatServiceSid', ''), AT));
    expect(address).toEqual({ conversationSid: expect.stringMatching(/^CH/) });
  });
});

describe('an envelope that is none', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no object', '7'],
    ['null', 'null'],
    ['a list', '[]'],
    ['no version', '{}'],
    ['a version that is not a number', tampered({ v: '1' })],
    ['a version before the first', tampered({ v: 0 })],
  ])('is refused: %s', (_, body) => {
    expect(opening(body)).toBeInstanceOf(EnvelopeInvalidError);
    expect(opening(body).message).toBe(
      'The queue message is not an envelope: it has no version we ever wrote.',
    );
  });

  it.each<[what: string, body: string, message: string]>([
    ['no time', tampered({ receivedAt: 'now' }), "The envelope's receivedAt is missing or wrong."],
    [
      'a doubt that is neither true nor false',
      tampered({ doubtful: 1 }),
      "The envelope's doubtful is missing or wrong.",
    ],
    ['found or not', tampered({ found: false }), "The envelope's found is missing or wrong."],
    ['no parameters', tampered({ params: undefined }), "The envelope's params is missing or wrong."],
    [
      'parameters of another kind',
      tampered({ params: { Body: 1 } }),
      "The envelope's params is missing or wrong.",
    ],
    [
      'an event without parameters',
      tampered({ params: {} }),
      "The envelope's event is malformed: EventType.",
    ],
    [
      'a malformed event',
      sealEnvelope(withParam('Index', 'x'), AT),
      "The envelope's event is malformed: Index.",
    ],
    [
      'a repeated parameter',
      sealEnvelope(withParam('Body', 'a', 'b'), AT),
      "The envelope's event is refused: repeated_parameter.",
    ],
    [
      'an unknown event',
      tampered({ params: { EventType: 'onNew' } }),
      "The envelope's EventType is not one we know.",
    ],
    [
      'no conversation',
      sealEnvelope(eventParams(EVENTS['onUserAdded'] as ConversationEvent), AT),
      "The envelope's onUserAdded names no conversation.",
    ],
  ])('is refused: %s', (_, body, message) => {
    expect(opening(body)).toMatchObject({ code: 'envelope_invalid', retryable: false, message });
  });

  it('is left alone when a newer version wrote it, whatever else it says', () => {
    for (const body of [tampered({ v: 3 }), '{"v":3}', '{"v":17,"event":{}}']) {
      expect(opening(body)).toBeInstanceOf(EnvelopeNewerError);
      expect(opening(body)).toMatchObject({ code: 'envelope_newer', retryable: true });
    }
    expect(opening('{"v":3}').message).toBe(
      'A newer version of parley wrote this envelope (v 3; this one reads v 2). ' +
        'Deploy that version of reply again; the message waits on the queue until then.',
    );
  });

  it('never throws anything else', () => {
    const bodies = fc.oneof(
      fc.json(),
      fc.object().map((change) => tampered(change)),
      fc.string(),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        try {
          openEnvelope(body);
        } catch (error) {
          expect(error).toBeInstanceOf(BotError);
        }
      }),
      { numRuns: runs(500, 2_000) },
    );
  });
});
