import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { startService, type TestService } from './start-service.ts';

const QUICK_REPLY = {
  body: 'Rich {{1}}',
  actions: [{ type: 'QUICK_REPLY' as const, title: 'Yes {{1}}', id: '{{2}}' }],
};

describe('messages from content templates', () => {
  let service: TestService;

  beforeEach(() => {
    service = startService();
  });

  async function send(
    channel: 'whatsapp' | 'sms' | 'rcs' | 'messenger' | 'chat',
    types: object,
    variables?: object,
    defaults = {},
  ) {
    const { conversation } = await service.customer.startConversation({ channel });
    const ContentSid = service.addContent({ language: 'en', variables: defaults, types });
    const form =
      variables === undefined ? { ContentSid } : { ContentSid, ContentVariables: JSON.stringify(variables) };
    const { status, body } = await service.rest(
      'POST',
      `/v1/Conversations/${conversation['sid']}/Messages`,
      form,
    );
    const told = service.told.findLast((happening) => happening.kind === 'message');
    return {
      status,
      body,
      content: told?.kind === 'message' ? (told.content as { type: string; fields: object }) : undefined,
    };
  }

  it.each([
    ['whatsapp', 'twilio/quick-reply', 'Rich you'],
    ['chat', 'twilio/quick-reply', 'Rich you'],
    ['sms', 'twilio/text', 'Plain you'],
  ] as const)('sends %s the type that suits it best: %s', async (channel, type, shown) => {
    const types = { 'twilio/text': { body: 'Plain {{1}}' }, 'twilio/quick-reply': QUICK_REPLY };
    const { body, content } = await send(channel, types, { 1: 'you', 2: 'id' });
    expect(body.body).toBe(shown);
    expect(content?.type).toBe(type);
  });

  it.each([
    ['twilio/text', { body: '{{1}}' }, 'one'],
    ['twilio/media', { body: '{{1}}', media: ['https://example.com/{{2}}.png'] }, 'one'],
    ['twilio/media', { media: ['https://example.com/a.png'] }, null],
    ['twilio/location', { latitude: 1, longitude: 2, label: '{{1}}' }, 'one'],
    ['twilio/quick-reply', { body: '{{1}}', actions: [{ title: '{{2}}' }] }, 'one'],
    [
      'twilio/call-to-action',
      { body: '{{1}}', actions: [{ type: 'URL', title: 'a', url: 'https://example.com/{{2}}' }] },
      'one',
    ],
    ['twilio/list-picker', { body: '{{1}}', button: 'b', items: [{ id: '{{2}}', item: '{{2}}' }] }, 'one'],
    ['twilio/card', { title: '{{1}}', subtitle: '{{2}}' }, 'one'],
    ['whatsapp/card', { body: '{{1}}', header_text: '{{2}}', footer: 'b', actions: [] }, 'one'],
    ['whatsapp/flows', { body: '{{1}}', button_text: '{{2}}', flow_id: 'c' }, 'one'],
  ])('renders %s %o', async (type, fields, shown) => {
    const { status, body, content } = await send('whatsapp', { [type]: fields }, { 1: 'one', 2: 'two' });
    expect([status, body.body, body.media]).toEqual([201, shown, null]);
    const filled = JSON.parse(JSON.stringify(fields).replaceAll('{{1}}', 'one').replaceAll('{{2}}', 'two'));
    expect(content).toEqual({ type, fields: filled, body: shown });
  });

  it.each([
    ['twilio/carousel', { body: 'a', cards: [] }],
    ['twilio/catalog', { body: 'a' }],
    ['twilio/flows', { body: 'a', button_text: 'b', pages: [], type: 'OTHER' }],
    ['twilio/schedule', { id: 'a', title: 'b', timeSlots: 'c' }],
    ['whatsapp/authentication', { actions: [{ type: 'COPY_CODE', copy_code_text: 'a' }] }],
  ])('refuses %s with 50542, and takes it beside a text', async (type, fields) => {
    expect((await send('whatsapp', { [type]: fields })).body).toMatchObject({ code: 50542 });
    expect((await send('whatsapp', { [type]: fields, 'twilio/text': { body: 'text' } })).body).toMatchObject({
      body: 'text',
    });
  });

  describe.each([
    ['whatsapp/card', { body: 'a', footer: 'b' }],
    ['whatsapp/flows', { body: 'a', button_text: 'b', flow_id: 'c' }],
  ])('%s', (type, fields) => {
    it.each(['sms', 'rcs', 'messenger', 'chat'] as const)(
      'goes to WhatsApp alone, not to %s',
      async (channel) => {
        expect((await send(channel, { [type]: fields })).body).toMatchObject({ code: 50542 });
        const { content } = await send(channel, { [type]: fields, 'twilio/text': { body: 'text' } });
        expect(content?.type).toBe('twilio/text');
      },
    );

    it('fails on its way elsewhere, where the setting takes it', async () => {
      service.changeSettings({ whatsappContentElsewhere: 'fail-delivery' });
      const { status, body } = await send('rcs', { [type]: fields });
      await service.clock.advance(10_000);
      const { body: sent } = await service.rest(
        'GET',
        `/v1/Conversations/${body.conversation_sid}/Messages/${body.sid}/Receipts`,
      );
      expect([status, sent.delivery_receipts[0].error_code]).toEqual([201, 63021]);
    });
  });

  it.each([
    ['spaces inside', '{{ name }}', { name: 'x' }, {}, 'x'],
    ['a default', '{{name}}', undefined, { name: 'y' }, 'y'],
    ['a value instead of the default', '{{name}}', { name: 'x' }, { name: 'y' }, 'x'],
    ['an empty value', 'a{{name}}b', { name: '' }, { name: 'y' }, 'ab'],
    ['neither value nor default', 'a{{name}}b', undefined, {}, 'a{{name}}b'],
    ['a number and a boolean', '{{a}} {{b}}', { a: 1, b: true }, {}, '1 true'],
    ['a value that looks like a placeholder', '{{a}}', { a: '{{b}}', b: 'x' }, {}, '{{b}}'],
    ['a value with replacement patterns', '{{a}}', { a: '$& $1 $$' }, {}, '$& $1 $$'],
    ['a name every object has', '{{constructor}}', undefined, {}, '{{constructor}}'],
    ['more variables than it has', 'a', { 1: 'x' }, {}, 'a'],
  ])('fills a placeholder with %s', async (_name, text, variables, defaults, shown) => {
    expect((await send('chat', { 'twilio/text': { body: text } }, variables, defaults)).body.body).toBe(
      shown,
    );
  });

  it('puts every value where its placeholder is, whatever the value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 50, unit: 'grapheme' }), async (value) => {
        expect((await send('chat', { 'twilio/text': { body: '<{{1}}>' } }, { 1: value })).body.body).toBe(
          `<${value}>`,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('takes longer values and refuses other kinds where the settings say so', async () => {
    const types = { 'twilio/text': { body: '{{1}}' } };
    expect((await send('chat', types, { 1: 'x'.repeat(1600) })).body).toMatchObject({ code: 50541 });
    service.changeSettings({ contentVariableMax: 1600, contentVariableTypes: 'refuse' });
    expect((await send('chat', types, { 1: 'x'.repeat(1600) })).status).toBe(201);
    expect((await send('chat', types, { 1: 1 })).body).toMatchObject({ code: 21656 });
  });

  it('is not approved for WhatsApp until it was asked for, and then as the setting says', async () => {
    const ContentSid = service.addContent(
      { language: 'en', types: { 'twilio/text': { body: 'a' } } },
      { approved: false },
    );
    const path = `/v1/Content/${ContentSid}/ApprovalRequests`;
    expect((await service.rest('GET', path)).body.whatsapp).toMatchObject({ status: 'unsubmitted' });
    service.changeSettings({ templateApproval: 'rejected' });
    await service.handle({
      method: 'POST',
      url: `${path}/whatsapp`,
      headers: { authorization: service.authorization },
      body: new TextEncoder().encode('{"name":"a","category":"UTILITY"}'),
    });
    expect((await service.rest('GET', path)).body.whatsapp).toMatchObject({ status: 'rejected', name: 'a' });
  });

  it('can be changed, which changes no message that was sent', async () => {
    const { body } = await send('chat', { 'twilio/text': { body: 'before' } });
    const put = await service.handle({
      method: 'PUT',
      url: `/v1/Content/${body.content_sid}`,
      headers: { authorization: service.authorization },
      body: new TextEncoder().encode('{"language":"en","types":{"twilio/text":{"body":"after"}}}'),
    });
    expect(put.status).toBe(200);
    const fetched = await service.rest(
      'GET',
      `/v1/Conversations/${body.conversation_sid}/Messages/${body.sid}`,
    );
    expect(fetched.body.body).toBe('before');
  });
});
