import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSeed } from '../../../local/seed/load-seed.ts';
import { withFolder } from '../../cli/support.ts';
import { HOOK, startService } from '../../emulator/start-service.ts';

/** A service with what the file says; its webhooks are kept. */
async function plant(file: string) {
  const seed = await loadSeed(file);
  const service = startService(seed.serviceSid === undefined ? {} : { serviceSid: seed.serviceSid });
  service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: ['onMessageAdded', 'onConversationAdded'] });
  await seed.plant(service);
  return service;
}

/** What is said of a seed, line by line and without the file's name; it must be wrong. */
async function problemsOf(text: string): Promise<readonly string[]> {
  return await withFolder(async (folder) => {
    const file = join(folder, 'seed.yaml');
    await writeFile(file, text);
    const error: Error = await plant(file).then(
      () => new Error('nothing is wrong with it'),
      (reason) => reason,
    );
    const [title, ...problems] = error.message.split('\n');
    expect(title).toBe('The seed cannot be used:');
    return problems.map((problem) => problem.replace(`${file}:`, ''));
  });
}

// In a rules file numbers under these keys are words; here they became text.
it('keeps the numbers in attributes, whatever their keys are, and lists in lists', async () => {
  await withFolder(async (folder) => {
    const file = join(folder, 'seed.yaml');
    const attributes = '{ keyword: 7, tag: { code: 007 }, rows: [&row [1, 2], *row] }';
    await writeFile(file, `services: [{ conversations: [{ unique_name: c, attributes: ${attributes} }] }]\n`);
    const service = await plant(file);
    const { body } = await service.rest('GET', `/v1/Services/${service.serviceSid}/Conversations/c`);
    expect(JSON.parse(body.attributes)).toEqual({
      keyword: 7,
      tag: { code: 7 },
      rows: [
        [1, 2],
        [1, 2],
      ],
    });
  });
});

describe('docs/seed.yaml', () => {
  it('is planted as it stands, and no webhook tells of it', async () => {
    const service = await plant('docs/seed.yaml');
    const at = '/v1/Services/IS00000000000000000000000000000001';
    expect(service.serviceSid).toBe(at.slice(-34));
    const services = (await service.rest('GET', '/v1/Services')).body.services;
    expect(services.map(({ friendly_name }: { friendly_name: string }) => friendly_name)).toEqual([
      'Fern & Clay',
      'Second shop',
    ]);

    const conversation = await service.rest('GET', `${at}/Conversations/order-12345`);
    expect(conversation.body).toMatchObject({
      friendly_name: 'Ana, about order 12345',
      attributes: '{"order":12345,"vip":true}',
      date_created: '2026-11-20T09:00:00Z',
      state: 'active',
    });
    const participants = await service.rest('GET', `${at}/Conversations/order-12345/Participants`);
    expect(participants.body.participants).toMatchObject([
      {
        identity: null,
        messaging_binding: {
          type: 'whatsapp',
          address: 'whatsapp:+15550100001',
          proxy_address: 'whatsapp:+15550100000',
        },
      },
      { identity: 'agent-dana', messaging_binding: null },
    ]);
    const messages = await service.rest('GET', `${at}/Conversations/order-12345/Messages`);
    expect(messages.body.messages).toMatchObject([
      {
        index: 0,
        author: 'whatsapp:+15550100001',
        body: 'Where is my order 12345?',
        participant_sid: participants.body.participants[0].sid,
        date_created: '2026-11-20T09:00:05Z',
      },
      { index: 1, author: 'agent-dana', attributes: '{"topic":"delivery"}' },
      { index: 2, author: 'reminders', participant_sid: null },
    ]);
    const sms = await service.rest('GET', '/v1/ParticipantConversations?Address=%2B15550100002');
    expect(sms.body.conversations).toMatchObject([{ conversation_friendly_name: 'Ben by SMS' }]);

    const { contents } = (await service.rest('GET', '/v1/Content')).body;
    expect(contents).toMatchObject([
      { sid: 'HX00000000000000000000000000000001', friendly_name: 'order_status' },
      { friendly_name: 'not_yet' },
    ]);
    expect(service.sent).toEqual([]);
  });

  it('is what the customer’s next message and a reset go on from', async () => {
    const service = await plant('docs/seed.yaml');
    service.keepAsStart();
    const writes = () =>
      service.customer.receive({
        from: 'whatsapp:+15550100001',
        to: 'whatsapp:+15550100000',
        body: 'Thanks',
      });
    expect(await writes()).toMatchObject({ index: 3 });
    await service.json('POST', '/control/reset');
    expect(await writes()).toMatchObject({ index: 3 });
  });
});

describe('a seed', () => {
  it('may hold as good as nothing', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'seed.yaml');
      await writeFile(file, 'services:\n  - conversations:\n');
      const service = await plant(file);
      expect((await service.rest('GET', '/v1/Services')).body.services).toHaveLength(1);
    });
  });

  it('tells everything that is wrong with it at once, each at its line', async () => {
    const text = [
      'services:',
      '  - sid: IS1',
      '    friendly_nam: Shop',
      '  - friendly_name: Second',
      '    conversations:',
      '      - unique_name: one',
      '        date_created: yesterday',
      '      - unique_name: two',
      '        participants:',
      '          - address: bob',
      '          - address: +15550100001',
      '            proxy_address: whatsapp:+15550100000',
      '          - identity: ana',
      '            address: +15550100002',
      '          - identity: dana',
      '          - identity: dana',
      '        messages:',
      '          - author: +15550100009',
      '            body: hi',
      '          - author: dana',
      '      - unique_name: two',
      '        attributes: vip',
      '      - unique_name: two',
      '        messages: hi',
      'templates:',
      '  - friendly_name: a',
      '    language: en',
      '    types: { twilio/text: { bdy: Hello } }',
      '  - language: en',
      '    approved: maybe',
      '    types: {}',
    ].join('\n');
    expect(await problemsOf(text)).toEqual([
      '2:10: This is not a SID of this kind: expected IS and 32 hexadecimal digits. Without it one is made up.',
      expect.stringMatching(
        /^3:5: The key "friendly_nam" is not known here\. .*Did you mean "friendly_name"\?$/,
      ),
      '7:23: This is not a date and time: expected one such as 2026-11-20T09:00:00Z.',
      expect.stringMatching(
        /^10:22: Twilio refuses this: .* \(50407\)\. Expected one such as \+15550100001, /,
      ),
      expect.stringMatching(
        /^12:28: Twilio refuses this: .* \(50414\)\. Both are addresses of one channel\.$/,
      ),
      '13:13: A participant has either an identity or an address: give one of the two.',
      expect.stringMatching(/^16:13: Twilio refuses this: .* \(50433\)\.$/),
      '18:21: "+15550100009" is not a participant of this conversation: they are bob, +15550100001, dana, dana. Any other name, such as parley, is a program\'s.',
      '20:13: "body" is missing: write what the message says.',
      expect.stringMatching(/^22:21: "attributes" must be a mapping/),
      expect.stringMatching(/^23:9: Twilio refuses this: .* \(50353\)\.$/),
      '24:19: "messages" must be a list, not "hi". Begin each item with "- ".',
      '28:27: "body" is missing. Expected text in quotes.',
      expect.stringMatching(/^28:29: The key "bdy" is not known here\./),
      '30:15: "approved" must be true or false, not "maybe".',
    ]);
  });

  it.each([
    ['services: [', /^1:\d+: /],
    ['- friendly_name: Shop', /^1:1: A seed must be a mapping \(key: value\), not a list\.$/],
    [
      'service: []',
      /^1:1: The key "service" is not known here\. Allowed: services, templates\. Did you mean "services"\?$/,
    ],
    ['services: { friendly_name: Shop }', /^1:11: "services" must be a list, not a mapping\. /],
    [
      `services: [{}, { sid: "${`IS${'1'.repeat(32)}`}" }, { sid: "${`IS${'1'.repeat(32)}`}" }]`,
      /is there already/,
    ],
    [
      'templates: [{ language: en, types: { twilio/carousel: { cards: [] } } }]',
      /^1:\d+: The Content API does not take this/,
    ],
    [
      'services: [{ conversations: [{ attributes: { vip: true, __proto__: 1 } }] }]',
      /^1:\d+: No key may be called "__proto__"/,
    ],
  ])('that is %j is told so', async (text, problem) => {
    expect(await problemsOf(text)).toEqual([expect.stringMatching(problem)]);
  });

  it('that is not there, or not in UTF-8, is told so', async () => {
    await expect(loadSeed('nowhere.yaml')).rejects.toThrow(
      '--seed is "nowhere.yaml", which cannot be read: there is no such file.',
    );
    await withFolder(async (folder) => {
      const file = join(folder, 'seed.yaml');
      await writeFile(file, Buffer.from('services: [{ friendly_name: Caf\xe9 }]', 'latin1'));
      await expect(loadSeed(file)).rejects.toThrow(`${file}:1:32: This is not UTF-8`);
    });
  });
});
