import { describe, expect, it } from 'vitest';
import { listAlerts } from '../../lib/twilio/alerts.ts';
import { fetchWebhookConfiguration } from '../../lib/twilio/webhook-configuration.ts';
import spec from '../openapi/twilio_conversations_v1.json' with { type: 'json' };
import { apiFor, SERVICE } from './fixtures.ts';
import { json, scriptedServer, twilioError } from './scripted-server.ts';

const paths: Readonly<Record<string, object>> = spec.paths;

describe('where webhooks go', () => {
  const configured = {
    account_sid: 'AC1',
    pre_webhook_url: null,
    post_webhook_url: 'https://bot.example.com/webhook',
    method: 'POST',
    filters: ['onMessageAdded'],
  };

  it.each([
    [
      SERVICE,
      `/v1/Services/${SERVICE}/Configuration/Webhooks`,
      '/v1/Services/{ChatServiceSid}/Configuration/Webhooks',
    ],
    [undefined, '/v1/Configuration/Webhooks', '/v1/Configuration/Webhooks'],
  ])('is asked of the service %s at the path of Twilio’s file', async (service, url, path) => {
    const server = await scriptedServer(json(200, configured));
    const { post_webhook_url, filters } = await fetchWebhookConfiguration(apiFor(server).api, service);
    expect(post_webhook_url).toBe('https://bot.example.com/webhook');
    expect(filters).toEqual(['onMessageAdded']);
    expect(server.seen[0]).toMatchObject({ method: 'GET', url });
    expect(paths[path]).toHaveProperty('get');
  });

  it('may be configured nowhere', async () => {
    const nothing = { post_webhook_url: null, pre_webhook_url: null, method: null, filters: null };
    const server = await scriptedServer(json(200, nothing));
    expect(await fetchWebhookConfiguration(apiFor(server).api, SERVICE)).toEqual(nothing);
  });

  it('is not asked of what is not a service', async () => {
    const server = await scriptedServer(json(200, configured));
    await expect(fetchWebhookConfiguration(apiFor(server).api, 'IS/..')).rejects.toMatchObject({
      field: 'serviceSid',
    });
    expect(server.seen).toEqual([]);
  });
});

describe('Monitor’s alerts', () => {
  const alert = { error_code: '11200', request_url: 'https://bot.example.com/', date_created: null };

  it('are one page of those since a time, in whole seconds', async () => {
    const page = { alerts: [{ ...alert, sid: 'NO1' }], meta: { next_page_url: null } };
    const server = await scriptedServer(json(200, page));
    const from = Date.parse('2026-11-20T12:00:00.900Z');
    expect(await listAlerts(apiFor(server).api, from)).toEqual({ alerts: [alert], cut: false });
    expect(server.seen[0]?.url).toBe('/v1/Alerts?StartDate=2026-11-20T12%3A00%3A00Z&PageSize=1000');
  });

  // Cause: an empty URL of the next page passed for one, and each look of five minutes for a sign of loss.
  it('are not cut where the URL of the next page is empty', async () => {
    const server = await scriptedServer(json(200, { alerts: [], meta: { next_page_url: '' } }));
    expect(await listAlerts(apiFor(server).api, 0)).toEqual({ alerts: [], cut: false });
  });

  it('are cut where there are more', async () => {
    const page = { alerts: [], meta: { next_page_url: 'https://monitor.twilio.com/v1/Alerts?Page=1' } };
    const server = await scriptedServer(json(200, page));
    expect(await listAlerts(apiFor(server).api, 0)).toEqual({ alerts: [], cut: true });
  });

  it('may be refused to a key', async () => {
    const server = await scriptedServer(twilioError(403, 20403));
    await expect(listAlerts(apiFor(server).api, 0)).rejects.toMatchObject({ status: 403 });
  });
});
