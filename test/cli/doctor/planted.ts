import { resolve } from 'node:path';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { rules } from '../../../bot/rules.generated.ts';
import type { Look } from '../../../cli/doctor/look.ts';
import { catalogueEntries } from '../../../cli/templates/catalogue-entries.ts';
import type { WebhookSeed } from '../../../emulator/index.ts';
import { createStore } from '../../../lib/aws/store.ts';
import { systemClock } from '../../../lib/clock.ts';
import { markerAttributes } from '../../../lib/event/marker.ts';
import { LOOKS_KEY, MODE_KEY, SPOOLS } from '../../../lib/record/keys.ts';
import { CREDENTIALS } from '../../../local/lambda/deployed-bot.ts';
import { API_KEY_SECRET, AUTH_TOKEN_SECRET, type OperatedStack } from '../../support/operated-stack.ts';

/** A stack, and a conversation on it. */
export interface Operating extends OperatedStack {
  readonly conversationSid: string;
}

type Undo = () => void | Promise<void>;

/** A misconfiguration, and the check that is to find it. */
export interface Planted {
  readonly check: string;
  readonly title: string;
  /** A part of what the check says. */
  readonly says: string;
  readonly plant: (stack: Operating) => Undo | Promise<Undo>;
  /** Settings and credentials are read when a stage is opened. */
  readonly isReadAtOpening?: true;
  /** What cannot be planted outside, because it is not on this machine. */
  readonly look?: (look: Look) => Look;
}

type Shown = OperatedStack['shown'];

/** Changes what AWS shows, and puts it back. */
function shown(change: (shown: Shown) => void): Planted['plant'] {
  return (stack) => {
    const before = structuredClone(stack.shown);
    change(stack.shown);
    return () => {
      Object.assign(stack.shown, before);
    };
  };
}

const environment = (name: 'receive' | 'reply' | 'reconcile', values: Readonly<Record<string, string>>) =>
  shown(({ functions }) => Object.assign(functions[name].Environment.Variables, values));

const everywhere = (values: Readonly<Record<string, string>>) =>
  shown(({ functions }) => {
    for (const one of Object.values(functions)) Object.assign(one.Environment.Variables, values);
  });

function secret(id: string, value: string): Planted['plant'] {
  const good: Readonly<Record<string, string>> = {
    [AUTH_TOKEN_SECRET]: CREDENTIALS.authToken,
    [API_KEY_SECRET]: JSON.stringify(CREDENTIALS),
  };
  return ({ aws }) => {
    aws.secrets.put(id, value);
    return () => aws.secrets.put(id, good[id] ?? '');
  };
}

function webhook(change: (sound: WebhookSeed) => WebhookSeed): Planted['plant'] {
  return (stack) => {
    stack.service.configureWebhooks(change(stack.webhook));
    return () => stack.service.configureWebhooks(stack.webhook);
  };
}

/** A request to Twilio, and another that takes it back. */
function twilio(
  path: (stack: Operating) => string,
  form: (stack: Operating) => Readonly<Record<string, string>>,
  undo?: (made: string) => readonly [method: string, path: string, form: Readonly<Record<string, string>>],
): Planted['plant'] {
  return async (stack) => {
    const at = path(stack);
    const { sid = '' } = await stack.ask('POST', at, form(stack));
    return async () => {
      const [method, back, fields] = undo?.(`${at}/${sid}`) ?? ['DELETE', `${at}/${sid}`, {}];
      await stack.ask(method, back, fields);
    };
  };
}

async function queueAttributes(stack: OperatedStack, url: string, Attributes: Record<string, string>) {
  const sqs = new SQSClient(stack.aws.clients.sqs);
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
  sqs.destroy();
}

const queue =
  (bad: Record<string, string>, good: Record<string, string>): Planted['plant'] =>
  async (stack) => {
    await queueAttributes(stack, stack.aws.queueUrl, bad);
    return () => queueAttributes(stack, stack.aws.queueUrl, good);
  };

const storeOf = ({ aws }: OperatedStack) =>
  createStore({ tableName: aws.tableName, clock: systemClock, client: aws.clients.dynamodb });

const service = ({ service: { serviceSid } }: OperatedStack) => `/v1/Services/${serviceSid}`;

const OTHER_TOKEN = 'f'.repeat(32);
const OTHER = 'https://other.example/webhook';
const address = (fields: (stack: Operating) => Readonly<Record<string, string>>) =>
  twilio(
    () => '/v1/Configuration/Addresses',
    (stack) => ({ Type: 'sms', Address: '+15550100077', ...fields(stack) }),
  );

/** Does something to the template order_status, and makes it again as it was. */
async function template(
  { ask, service: { addContent } }: Operating,
  spoil: (sid: string) => void | Promise<void>,
): Promise<Undo> {
  const { sid = '' } = catalogueEntries(rules).find(({ name }) => name === 'order_status') ?? {};
  const { friendly_name, language, variables, types } = await ask('GET', `/v1/Content/${sid}`);
  await spoil(sid);
  return () => {
    addContent({ friendly_name, language, variables, types } as Parameters<typeof addContent>[0], { sid });
  };
}

export const PLANTED: readonly Planted[] = [
  {
    check: 'caller',
    title: 'credentials that AWS does not know',
    says: 'InvalidClientTokenId',
    plant: shown((aws) => {
      aws.caller = undefined;
    }),
  },
  {
    check: 'stack',
    title: 'an update that was rolled back',
    says: 'UPDATE_ROLLBACK_COMPLETE',
    plant: shown(({ stack }) => {
      stack.StackStatus = 'UPDATE_ROLLBACK_COMPLETE';
    }),
  },
  {
    check: 'stack',
    title: 'a resource that could not be updated',
    says: 'Queue is UPDATE_FAILED',
    plant: shown(({ stack }) => {
      for (const one of stack.resources)
        if (one.LogicalResourceId === 'Queue') one.ResourceStatus = 'UPDATE_FAILED';
    }),
  },
  {
    check: 'stack',
    title: 'a commit that is not the one of this folder',
    says: 'of the commit 0123456789ab, and this folder is at',
    plant: shown(({ stack }) => {
      stack.commit = '0123456789ab';
    }),
    look: (look) => ({ ...look, cwd: resolve('.') }),
  },
  {
    check: 'functions',
    title: 'a runtime of long ago',
    says: 'reply runs on nodejs20.x',
    plant: shown(({ functions }) => {
      functions.reply.Runtime = 'nodejs20.x';
    }),
  },
  {
    check: 'functions',
    title: 'another architecture than the bundle is for',
    says: 'receive runs on x86_64',
    plant: shown(({ functions }) => {
      functions.receive.Architectures = ['x86_64'];
    }),
  },
  {
    check: 'functions',
    title: 'a timeout that cuts replies off',
    says: 'reply has a timeout of 3 s',
    plant: shown(({ functions }) => {
      functions.reply.Timeout = 3;
    }),
  },
  {
    check: 'settings',
    title: 'a setting that the function refuses',
    says: 'REPLIES_PER_MINUTE is "many"',
    isReadAtOpening: true,
    plant: environment('reply', { REPLIES_PER_MINUTE: 'many' }),
  },
  {
    check: 'settings',
    title: 'functions on different tables',
    says: 'TABLE_NAME is not the same',
    isReadAtOpening: true,
    plant: environment('reconcile', { TABLE_NAME: 'other' }),
  },
  {
    check: 'settings',
    title: 'a setting that is not the one of the stage’s file',
    says: 'BOT_MODE is "live" where it runs, and "dry-run" in stages/dev.env',
    plant: () => () => undefined,
    look: (look) => ({ ...look, cwd: resolve('.') }),
  },
  {
    check: 'mapping',
    title: 'a mapping that is off',
    says: 'Disabled',
    plant: shown(({ mappings: [one = {}] }) => {
      one['State'] = 'Disabled';
    }),
  },
  {
    check: 'mapping',
    title: 'a mapping that takes a failed event for done',
    says: 'ReportBatchItemFailures',
    plant: shown(({ mappings: [one = {}] }) => {
      one['FunctionResponseTypes'] = [];
    }),
  },
  {
    check: 'mapping',
    title: 'a queue that nobody reads',
    says: 'Nothing hands the queue to reply',
    plant: shown((aws) => {
      aws.mappings = [];
    }),
  },
  {
    check: 'concurrency',
    title: 'a new account, which runs ten functions at once',
    says: 'runs 10 functions at once',
    plant: shown((aws) => {
      aws.concurrency = 10;
    }),
  },
  {
    check: 'queue',
    title: 'a message that shows up while it is worked on',
    says: 'hidden for 30 s',
    plant: queue({ VisibilityTimeout: '30' }, { VisibilityTimeout: '180' }),
  },
  {
    check: 'queue',
    title: 'a message that is given up after three tries',
    says: 'after 3 tries',
    plant: async (stack) => {
      const deadLetterTargetArn = `arn:aws:sqs:us-east-1:000000000000:parley-dlq.fifo`;
      const policy = (maxReceiveCount: number) => ({
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
      });
      await queueAttributes(stack, stack.aws.queueUrl, policy(3));
      return () => queueAttributes(stack, stack.aws.queueUrl, policy(100));
    },
  },
  {
    check: 'auth-token-secret',
    title: 'a secret that holds something else',
    says: 'it holds no auth token',
    isReadAtOpening: true,
    plant: secret(AUTH_TOKEN_SECRET, '{"token":"1"}'),
  },
  {
    check: 'auth-token-secret',
    title: 'a secret that is not there',
    says: 'There is no secret parley/none',
    isReadAtOpening: true,
    plant: environment('receive', { TWILIO_AUTH_TOKEN_SECRET_ID: 'parley/none' }),
  },
  {
    check: 'api-key-secret',
    title: 'an API key without its SID',
    says: 'it holds no API key',
    isReadAtOpening: true,
    plant: secret(API_KEY_SECRET, '{"apiKeySecret":"a-secret"}'),
  },
  {
    check: 'table',
    title: 'items that never expire',
    says: 'do not expire',
    plant: shown(({ table }) => {
      table.ttl = 'DISABLED';
    }),
  },
  {
    check: 'table',
    title: 'a table that cannot be restored',
    says: 'cannot be restored',
    plant: shown(({ table }) => {
      table.recovery = 'DISABLED';
    }),
  },
  {
    check: 'table',
    title: 'a table that can be deleted by mistake',
    says: 'not protected',
    plant: shown(({ table }) => {
      table.protected = false;
    }),
  },
  {
    check: 'alarms',
    title: 'an alarm that somebody deleted',
    says: 'is gone',
    plant: shown(({ alarms }) => {
      alarms.pop();
    }),
  },
  {
    check: 'alarms',
    title: 'an alarm whose actions are off',
    says: 'tells nobody',
    plant: shown(({ alarms: [first] }) => {
      if (first !== undefined) first.ActionsEnabled = false;
    }),
  },
  {
    check: 'subscriptions',
    title: 'alarms without a subscriber',
    says: 'Nobody is subscribed',
    plant: shown(({ subscriptions }) => {
      subscriptions.pop();
    }),
  },
  {
    check: 'subscriptions',
    title: 'a subscription that nobody confirmed',
    says: 'waits to be confirmed',
    plant: shown(({ subscriptions: [first] }) => {
      if (first !== undefined) first.SubscriptionArn = 'PendingConfirmation';
    }),
  },
  {
    check: 'clock',
    title: 'a machine whose clock is ten minutes ahead',
    says: 's ahead of AWS',
    plant: () => () => undefined,
    look: (look) => {
      const { clock } = look.stage;
      const ahead = { ...clock, now: () => clock.now() + 600_000 };
      return { ...look, stage: { ...look.stage, clock: ahead } };
    },
  },
  {
    check: 'certificate',
    title: 'a certificate that ends in three days',
    says: 'ends in 3 days',
    plant: () => () => undefined,
    look: (look) => ({
      ...look,
      publicUrls: ['https://bot.example/webhook'],
      readCertificate: async () => ({ until: look.stage.clock.now() + 3.5 * 86_400_000 }),
    }),
  },
  {
    check: 'certificate',
    title: 'a certificate that nobody trusts',
    says: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    plant: () => () => undefined,
    look: (look) => ({
      ...look,
      publicUrls: ['https://bot.example/webhook'],
      readCertificate: async () => ({ until: Infinity, refused: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    }),
  },
  {
    check: 'mode',
    title: 'a bot that only tries',
    says: 'dry-run',
    isReadAtOpening: true,
    plant: everywhere({ BOT_MODE: 'dry-run' }),
  },
  {
    check: 'mode',
    title: 'a bot that somebody has switched off',
    says: 'set the bot to off',
    plant: async (stack) => {
      const store = storeOf(stack);
      const value = { mode: 'off', reason: 'a test', by: 'nobody', at: 0 };
      await store.put(
        MODE_KEY,
        { version: 1, expiresAt: Math.ceil(Date.now() / 1000) + 600, value },
        undefined,
      );
      return () => store.remove(MODE_KEY, 1);
    },
  },
  {
    check: 'heartbeat',
    title: 'a reconciler that stopped an hour ago',
    says: 'last looked 60 minutes ago',
    plant: async (stack) => {
      const store = storeOf(stack);
      const known = await store.get<object>(LOOKS_KEY);
      if (known === undefined) throw new Error('the reconciler has not run');
      const old = { lookedAt: Date.now() - 3_600_000, deployedAt: 0 };
      await store.put(LOOKS_KEY, { ...known, value: { ...known.value, ...old } }, known.version);
      return async () => {
        await store.put(LOOKS_KEY, known, known.version);
      };
    },
  },
  {
    check: 'dead-letters',
    title: 'a dead letter',
    says: 'Dead letters: 1',
    plant: async ({ aws }) => {
      aws.fauxqs.sendMessage('parley-dlq.fifo', '{}', {
        messageGroupId: 'CH1',
        messageDeduplicationId: 'd1',
      });
      return async () => {
        const sqs = new SQSClient(aws.clients.sqs);
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: aws.dlqUrl }));
        for (const { ReceiptHandle } of Messages) {
          await sqs.send(new DeleteMessageCommand({ QueueUrl: aws.dlqUrl, ReceiptHandle }));
        }
        sqs.destroy();
      };
    },
  },
  {
    check: 'spool',
    title: 'an event that the queue refused',
    says: 'wait in the spool',
    plant: async (stack) => {
      const store = storeOf(stack);
      const key = { pk: SPOOLS[3] ?? '', sk: '2026-11-20T10:00:00.000Z|CH1|onMessageAdded|IM1' };
      await store.put(
        key,
        { version: 1, expiresAt: Math.ceil(Date.now() / 1000) + 600, value: {} },
        undefined,
      );
      return () => store.remove(key, 1);
    },
  },
  {
    check: 'api-key',
    title: 'an API key that was deleted',
    says: 'refuses the API key',
    isReadAtOpening: true,
    plant: secret(API_KEY_SECRET, JSON.stringify({ ...CREDENTIALS, apiKeySecret: 'another' })),
  },
  {
    check: 'key-rights',
    title: 'a restricted key that may not list messages',
    says: 'may not list messages',
    plant: ({ service: { faults } }) => {
      faults.arm({ kind: 'error', code: 20003, status: 403, operation: 'messages.list', times: null });
      return () => faults.clear();
    },
  },
  {
    check: 'account',
    title: 'the SID of another account',
    says: 'is of the account',
    isReadAtOpening: true,
    plant: everywhere({ TWILIO_ACCOUNT_SID: `AC${'b'.repeat(32)}` }),
  },
  {
    check: 'service',
    title: 'a service that is not there',
    says: 'has no service IS',
    isReadAtOpening: true,
    plant: everywhere({ TWILIO_CHAT_SERVICE_SID: `IS${'b'.repeat(32)}` }),
  },
  {
    check: 'region',
    title: 'a region without SMS',
    says: 'TWILIO_REGION is ie1',
    isReadAtOpening: true,
    plant: environment('reply', { TWILIO_REGION: 'ie1', TWILIO_EDGE: 'dublin' }),
  },
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
    check: 'signing-token',
    title: 'the token of another account',
    says: 'takes none of the auth tokens',
    isReadAtOpening: true,
    plant: secret(AUTH_TOKEN_SECRET, OTHER_TOKEN),
  },
  {
    check: 'signing-token',
    title: 'a secondary token that does not sign yet',
    says: 'a secondary auth token only',
    plant: ({ aws, service: { tokens } }) => {
      tokens.createSecondary(OTHER_TOKEN);
      aws.secrets.put(AUTH_TOKEN_SECRET, OTHER_TOKEN);
      return () => aws.secrets.put(AUTH_TOKEN_SECRET, CREDENTIALS.authToken);
    },
  },
  {
    check: 'signing-rules',
    title: 'a shared key that the secret does not hold',
    says: 'webhooks_sharedkey_1, which is not in the secret',
    plant: (stack) =>
      shown(({ twilio: products }) => {
        products.sharedKeys = { [stack.publicUrl]: 'webhooks_sharedkey_1' };
      })(stack),
  },
  {
    check: 'other-bot',
    title: 'another parley on the service',
    says: 'Another parley answered',
    plant: twilio(
      (stack) => `${service(stack)}/Conversations/${stack.conversationSid}/Messages`,
      () => ({
        Author: 'other-parley',
        Body: 'hello',
        Attributes: JSON.stringify(markerAttributes({ in_reply_to: `IM${'a'.repeat(32)}`, part: '1/1' })),
      }),
    ),
  },
  {
    check: 'bridge',
    title: 'a bridge to the newer Conversations',
    says: 'is bridged',
    plant: (stack) =>
      shown(({ twilio: products }) => {
        products.bridged = [stack.service.serviceSid];
      })(stack),
  },
  {
    check: 'bot-author',
    title: 'a person with the bot’s identity',
    says: 'has the identity BOT_AUTHOR',
    plant: twilio(
      (stack) => `${service(stack)}/Users`,
      () => ({ Identity: 'parley' }),
    ),
  },
  {
    check: 'templates',
    title: 'a template that is not there',
    says: 'does not exist in the account',
    plant: (stack) =>
      template(stack, async (sid) => {
        await stack.ask('DELETE', `/v1/Content/${sid}`, {});
      }),
  },
  {
    check: 'templates',
    title: 'a template with a placeholder more',
    says: 'has placeholders that no rule fills: number',
    plant: (stack) =>
      template(stack, (sid) => {
        const types = { 'twilio/text': { body: 'Order {{order}}, {{number}}' } };
        stack.service.addContent({ language: 'en', variables: { order: '1', number: '1' }, types }, { sid });
      }),
  },
  {
    check: 'templates',
    title: 'a template that WhatsApp refused',
    says: 'rejected',
    plant: async (stack) => {
      stack.service.changeSettings({ templateApproval: 'rejected' });
      return template(stack, async (sid) => {
        await stack.ask('POST', `/v1/Content/${sid}/ApprovalRequests/whatsapp`, {
          name: 'order_status',
          category: 'UTILITY',
        });
      });
    },
  },
  {
    check: 'alerts',
    title: 'webhooks that Twilio could not deliver',
    says: 'within a day: 1 (11200)',
    plant: (stack) =>
      shown(({ twilio: products }) => {
        products.alerts = [
          { error_code: '11200', request_url: stack.publicUrl, date_created: '2026-11-20T10:00:00Z' },
        ];
      })(stack),
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
