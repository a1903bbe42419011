import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStateFile, writeStateFile } from '../../emulator/state-file.ts';
import { StateFileError } from '../../emulator/state-file-error.ts';
import { buildFullWorld } from './full-world.ts';
import { eventsOf, paramsOf, startService } from './start-service.ts';

describe('a saved state', () => {
  it('brings back everything REST can show, in another process', async () => {
    const { service, sids } = await buildFullWorld();
    const at = `/v1/Services/${sids['Service']}`;
    const conversation = `${at}/Conversations/${sids['Conversation']}`;
    const paths = [
      '/v1/Services',
      '/v1/Configuration',
      '/v1/Configuration/Webhooks',
      '/v1/Configuration/Addresses',
      '/v1/Content',
      `${at}/Configuration/Webhooks`,
      `${at}/Conversations`,
      `${at}/Conversations/full`,
      `${at}/Users`,
      `${at}/Roles`,
      `${at}/Media/${sids['Media']}`,
      `${at}/Media/${sids['Media']}/Content`,
      `${at}/ParticipantConversations?Address=whatsapp%3A%2B15550001`,
      `${conversation}/Participants`,
      `${conversation}/Webhooks`,
      `${conversation}/Messages`,
      `${conversation}/Messages/${sids['Message']}/Receipts`,
    ];
    const other = startService();
    other.load(service.save());
    const show = async (from: typeof service, path: string) => {
      const { status, body } = await from.handle({
        method: 'GET',
        url: path,
        headers: { authorization: service.authorization },
        body: new Uint8Array(),
      });
      return [path, status, new TextDecoder().decode(body)];
    };
    for (const path of paths) {
      expect(await show(other, path)).toEqual(await show(service, path));
      expect((await show(other, path))[1]).toBe(200);
    }
    expect(other.save()).toBe(service.save());
  });

  it('goes on where it was: indexes, pairs in use, timers, receipts, time', async () => {
    const service = startService();
    const { conversation } = await service.customer.startConversation({
      channel: 'whatsapp',
      author: '+15550001',
    });
    const conversationSid = String(conversation['sid']);
    const at = `/v1/Services/${service.serviceSid}/Conversations/${conversationSid}`;
    await service.rest('POST', at, { 'Timers.Inactive': 'PT2M' });
    service.configureWebhooks({
      PostWebhookUrl: 'https://example.com',
      Filters: ['onDeliveryUpdated', 'onConversationStateUpdated'],
    });
    await service.customer.write({ conversationSid, body: 'Hello' });
    await service.rest('POST', `${at}/Messages`, { Body: 'on its way' });
    service.timeline.move(60_000 - 1000);
    await service.rest('POST', `${at}/Messages`, { Body: 'also on its way' });
    const saved = service.save();

    const other = startService();
    other.load(saved);
    expect(other.timeline.now()).toBe(service.timeline.now());
    expect((await other.rest('POST', `${at}/Messages`)).body.index).toBe(3);
    const taken = await other.rest('POST', `/v1/Services/${other.serviceSid}/ConversationWithParticipants`, {
      Participant: JSON.stringify({
        messaging_binding: { address: 'whatsapp:+15550001', proxy_address: 'whatsapp:+15550100000' },
      }),
    });
    expect(taken.body.code).toBe(50425);
    await other.clock.advance(5000);
    expect(other.sent.map((webhook) => paramsOf(webhook)['Status'])).toContain('read');
    await other.clock.advance(120_000);
    expect(eventsOf(other).at(-1)).toBe('onConversationStateUpdated');
    expect(other.told.filter(({ kind }) => kind === 'defect')).toEqual([]);
  });

  it('keeps a leg that was to fail failing', async () => {
    const service = startService();
    const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
    const path = `/v1/Conversations/${conversation['sid']}/Messages`;
    const { body } = await service.rest('POST', path, { Body: 'outside the window' });
    const other = startService();
    other.load(service.save());
    await other.clock.advance(5000);
    const { body: receipts } = await other.rest('GET', `${path}/${body.sid}/Receipts`);
    expect(receipts.delivery_receipts).toMatchObject([{ status: 'failed', error_code: 63016 }]);
  });

  it('knows nothing of what the other world waited for', async () => {
    const service = startService();
    const saved = service.save();
    const { conversation } = await service.customer.startConversation({ channel: 'sms' });
    await service.rest('POST', `/v1/Conversations/${conversation['sid']}/Messages`, { Body: 'x' });
    service.load(saved);
    await service.clock.advance(60_000);
    expect(service.told.filter(({ kind }) => kind === 'receipt')).toEqual([]);
    expect((await service.rest('GET', '/v1/Conversations')).body.conversations).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['something else', '{"format":"x"}'],
    ['a cut-off one', startService().save().slice(0, -10)],
    ['a changed one', startService().save().replace('Default Conversations Service', 'Another name')],
  ])('refuses %s and changes nothing', (_name, text) => {
    const service = startService();
    const before = service.save();
    expect(() => service.load(text)).toThrow(StateFileError);
    expect(service.save()).toBe(before);
  });

  it('lives in a file that only its owner can read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-state-'));
    const path = join(folder, 'world.json');
    const service = startService();
    expect(await readStateFile(service, path)).toBe(false);
    await service.customer.startConversation({ channel: 'chat', friendlyName: 'kept' });
    await writeStateFile(service, path);
    expect([await readdir(folder), (await stat(path)).mode & 0o777]).toEqual([['world.json'], 0o600]);
    const other = startService();
    expect(await readStateFile(other, path)).toBe(true);
    expect((await other.rest('GET', '/v1/Conversations')).body.conversations).toMatchObject([
      { friendly_name: 'kept' },
    ]);
    await writeFile(path, 'something else');
    await expect(readStateFile(other, path)).rejects.toThrow(StateFileError);
    await expect(readStateFile(other, folder)).rejects.toMatchObject({ code: 'EISDIR' });
    await rm(folder, { recursive: true });
  });
});
