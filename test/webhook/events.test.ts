import { globSync, readFileSync } from 'node:fs';
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { ACCOUNT_SID, AUTH_TOKEN, EVENTS, makeFiles, PUBLIC_URL, SERVICE_SID } from '../../events/make.ts';
import { eventKey } from '../../lib/event/event-key.ts';
import { EVENT_NAMES } from '../../lib/event/event-types.ts';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import { sidSource } from '../../lib/sid.ts';
import { decodeForm } from '../../lib/webhook/decode-form.ts';
import { parseEvent } from '../../lib/webhook/parse-event.ts';
import { readRequest } from '../../lib/webhook/read-request.ts';
import { signedUrls, verifySignature } from '../../lib/webhook/verify-signature.ts';

const root = new URL('../../events/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const http = Object.entries(EVENTS);
const sqs = [...makeFiles().keys()].filter((path) => path.startsWith('sqs/'));

describe('events/', () => {
  it('holds what make.ts makes, and nothing else', () => {
    const files = makeFiles();
    expect(globSync('*/*', { cwd: root }).toSorted()).toEqual([...files.keys()].toSorted());
    for (const [path, text] of files) expect(read(path), path).toBe(text);
  });

  it('has every event over HTTP, and over SQS the ones a bot can act on', () => {
    expect(new Set(http.map(([, { EventType }]) => EventType))).toEqual(new Set(EVENT_NAMES));
    expect(sqs).toEqual([
      'sqs/onMessageAdded.sms.json',
      'sqs/onMessageAdded.whatsapp.json',
      'sqs/onMessageAdded.chat.json',
      'sqs/onMessageAdded.media.json',
      'sqs/onConversationAdded.json',
      'sqs/onParticipantAdded.json',
    ]);
  });

  it.each(http)('http/%s is signed and reads as it should', (name, event) => {
    const request: APIGatewayProxyEventV2 = JSON.parse(read(`http/${name}.json`));
    expect(request.isBase64Encoded).toBe(true);
    const webhook = readRequest(request);
    if ('status' in webhook) throw new Error(webhook.reason);
    const params = decodeForm(webhook.body) ?? new Map();
    const signature = webhook.headers.get('x-twilio-signature') ?? '';
    expect(
      verifySignature({ signature, params, urls: signedUrls([PUBLIC_URL]), authTokens: [AUTH_TOKEN] }),
    ).toBe(true);
    expect(parseEvent(params)).toEqual({ kind: 'event', event, doubtful: false });
  });

  it.each(sqs)('%s opens', (path) => {
    const { Records }: SQSEvent = JSON.parse(read(path));
    expect(Records).toHaveLength(1);
    for (const { body, attributes } of Records) {
      const { event, address } = openEnvelope(body);
      expect(event).toEqual(EVENTS[path.slice('sqs/'.length, -'.json'.length)]);
      expect(attributes.MessageGroupId).toBe(address.conversationSid);
      expect(attributes.MessageDeduplicationId).toBe(eventKey(event));
    }
  });

  it('holds nothing of anybody: only numbers that are nobody’s', () => {
    for (const text of makeFiles().values()) {
      const form = /"body": "([A-Za-z0-9+/=]+)"/.exec(text)?.[1];
      const all = text + decodeURIComponent(Buffer.from(form ?? '', 'base64').toString());
      for (const [number] of all.matchAll(/\+1\d{10}/g)) expect(number).toMatch(/^\+1555/);
      for (const [sid] of all.matchAll(new RegExp(`\\b${sidSource('(?:AC|IS)')}\\b`, 'g')))
        expect([ACCOUNT_SID, SERVICE_SID]).toContain(sid);
    }
  });
});
