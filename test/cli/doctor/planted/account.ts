import { rules } from '../../../../bot/rules.generated.ts';
import { catalogueEntries } from '../../../../cli/templates/catalogue-entries.ts';
import { markerAttributes } from '../../../../lib/event/marker.ts';
import { CREDENTIALS } from '../../../../local/lambda/deployed-bot.ts';
import { API_KEY_SECRET, AUTH_TOKEN_SECRET } from '../../../support/operated-stack.ts';
import {
  environment,
  everywhere,
  type Operating,
  type Planted,
  secret,
  service,
  shown,
  twilio,
  type Undo,
} from './plant.ts';

const OTHER_TOKEN = 'f'.repeat(32);

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

/** What is wrong with the account at Twilio: keys, service, tokens, other bots, templates. */
export const OF_ACCOUNT: readonly Planted[] = [
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
];
