import type { WebhookSeed } from '../../../../emulator/index.ts';
import { type Operating, type Planted, service, shown, twilio } from './plant.ts';

function webhook(change: (sound: WebhookSeed) => WebhookSeed): Planted['plant'] {
  return (stack) => {
    stack.service.configureWebhooks(change(stack.webhook));
    return () => stack.service.configureWebhooks(stack.webhook);
  };
}

const OTHER = 'https://other.example/webhook';

const address = (fields: (stack: Operating) => Readonly<Record<string, string>>) =>
  twilio(
    () => '/v1/Configuration/Addresses',
    (stack) => ({ Type: 'sms', Address: '+15550100077', ...fields(stack) }),
  );

/** What is wrong with where webhooks and addresses lead, and with how the door answers. */
export const OF_WEBHOOKS: readonly Planted[] = [
  {
    check: 'webhook-url',
    title: 'a webhook that leads elsewhere',
    says: 'https://other.example/webhook?…, and not PUBLIC_URL',
    plant: webhook((sound) => ({
      ...sound,
      PostWebhookUrl: 'https://ana:pa55@other.example/webhook?token=s3cr3t',
    })),
  },
  {
    check: 'webhook-url',
    title: 'a webhook with another letter',
    says: 'not PUBLIC_URL to the letter',
    plant: webhook((sound) => ({ ...sound, PostWebhookUrl: `${sound.PostWebhookUrl}#rc=3` })),
  },
  {
    check: 'webhook-url',
    title: 'no webhook at all',
    says: 'has no webhook',
    plant: webhook(({ PostWebhookUrl: _, ...sound }) => sound),
  },
  {
    check: 'webhook-method',
    title: 'a webhook by GET',
    says: 'sent by GET',
    plant: webhook((sound) => ({ ...sound, Method: 'GET' })),
  },
  {
    check: 'webhook-events',
    title: 'an event that is not sent',
    says: 'not sent for onMessageAdded',
    plant: webhook((sound) => ({
      ...sound,
      Filters: sound.Filters.filter((name) => name !== 'onMessageAdded'),
    })),
  },
  {
    check: 'webhook-events',
    title: 'an event that nobody answers',
    says: 'sent for onUserAdded too',
    plant: webhook((sound) => ({ ...sound, Filters: [...sound.Filters, 'onUserAdded'] })),
  },
  {
    check: 'pre-event-url',
    title: 'somebody who is asked first',
    says: 'has a pre-event URL',
    plant: webhook((sound) => ({ ...sound, PreWebhookUrl: OTHER })),
  },
  {
    check: 'account-webhook',
    title: 'the account’s webhook beside the service’s',
    says: 'leads here as well',
    plant: async (stack) => {
      const at = '/v1/Configuration/Webhooks';
      await stack.ask('POST', at, { PostWebhookUrl: stack.publicUrl });
      return async () => {
        await stack.ask('POST', at, { PostWebhookUrl: '' });
      };
    },
  },
  {
    check: 'conversation-webhooks',
    title: 'a conversation whose messages come twice',
    says: 'has a webhook that leads here too',
    plant: twilio(
      (stack) => `${service(stack)}/Conversations/${stack.conversationSid}/Webhooks`,
      ({ publicUrl }) => ({
        Target: 'webhook',
        'Configuration.Url': publicUrl,
        'Configuration.Filters': 'onMessageAdded',
      }),
    ),
  },
  {
    check: 'conversation-webhooks',
    title: 'a conversation in which a Studio flow answers',
    says: 'Studio flow',
    plant: twilio(
      (stack) => `${service(stack)}/Conversations/${stack.conversationSid}/Webhooks`,
      () => ({ Target: 'studio', 'Configuration.FlowSid': `FW${'a'.repeat(32)}` }),
    ),
  },
  {
    check: 'addresses',
    title: 'an address whose messages go to Studio',
    says: 'Studio flow',
    plant: address(({ service: { serviceSid } }) => ({
      'AutoCreation.Enabled': 'true',
      'AutoCreation.Type': 'studio',
      'AutoCreation.ConversationServiceSid': serviceSid,
      'AutoCreation.StudioFlowSid': `FW${'a'.repeat(32)}`,
    })),
  },
  {
    check: 'addresses',
    title: 'an address that doubles the webhook',
    says: 'leads here too',
    plant: address(({ publicUrl, service: { serviceSid } }) => ({
      'AutoCreation.Enabled': 'true',
      'AutoCreation.Type': 'webhook',
      'AutoCreation.ConversationServiceSid': serviceSid,
      'AutoCreation.WebhookUrl': publicUrl,
    })),
  },
  {
    check: 'addresses',
    title: 'an address that makes no conversations',
    says: 'makes no conversations',
    plant: address(() => ({})),
  },
  {
    check: 'door-unsigned',
    title: 'an address that takes anything',
    says: 'unsigned webhook with 200',
    plant: shown((aws) => {
      aws.door = 200;
    }),
  },
  {
    check: 'door-get',
    title: 'an address that shows a page',
    says: 'answered a GET with 200',
    plant: shown((aws) => {
      aws.door = 200;
    }),
  },
  {
    check: 'door-signed',
    title: 'an address that refuses what Twilio signs',
    says: 'signed webhook with 403',
    plant: shown((aws) => {
      aws.door = 403;
    }),
  },
];
