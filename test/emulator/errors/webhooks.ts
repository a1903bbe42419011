import { long, type Row, repeat } from './scene.ts';

const HOOK = {
  Target: 'webhook',
  'Configuration.Url': 'https://example.com',
  'Configuration.Filters': 'onMessageAdded',
};

export const WEBHOOKS: readonly Row[] = [
  [50361, 'the sixth webhook', ({ post, chat }) => repeat(6, () => post(`${chat}/Webhooks`, HOOK))],
  [
    50362,
    'six triggers',
    ({ post, chat }) =>
      post(`${chat}/Webhooks`, {
        ...HOOK,
        Target: 'trigger',
        'Configuration.Triggers': ['a', 'b', 'c', 'd', 'e', 'f'],
      }),
  ],
  [50364, 'a target there is not', ({ post, chat }) => post(`${chat}/Webhooks`, { ...HOOK, Target: 'flex' })],
  [
    50365,
    'a pre-event for a conversation',
    ({ post, chat }) => post(`${chat}/Webhooks`, { ...HOOK, 'Configuration.Filters': 'onMessageAdd' }),
  ],
  [
    50366,
    'a trigger of 249 characters',
    ({ post, chat }) =>
      post(`${chat}/Webhooks`, { ...HOOK, Target: 'trigger', 'Configuration.Triggers': long(249) }),
  ],
  [50367, 'Studio without a flow', ({ post, chat }) => post(`${chat}/Webhooks`, { Target: 'studio' })],
  [
    50368,
    'no target',
    ({ post, chat }) => post(`${chat}/Webhooks`, { 'Configuration.Url': 'https://example.com' }),
  ],
  [
    50369,
    'no URL',
    ({ post, chat }) =>
      post(`${chat}/Webhooks`, { Target: 'webhook', 'Configuration.Filters': 'onMessageAdded' }),
  ],
  [
    50370,
    'no filter',
    ({ post, chat }) =>
      post(`${chat}/Webhooks`, { Target: 'webhook', 'Configuration.Url': 'https://example.com' }),
  ],
  [
    50371,
    'no trigger',
    ({ post, chat }) =>
      post(`${chat}/Webhooks`, { Target: 'trigger', 'Configuration.Url': 'https://example.com' }),
  ],
  [
    50372,
    'a URL of 513 characters',
    ({ post, chat }) =>
      post(`${chat}/Webhooks`, { ...HOOK, 'Configuration.Url': `https://example.com/${long(493)}` }),
  ],
  [
    50055,
    'a method there is not',
    ({ post, chat }) => post(`${chat}/Webhooks`, { ...HOOK, 'Configuration.Method': 'put' }),
  ],
  [
    50077,
    'a pre-event URL that is none',
    ({ post, base }) => post(`${base}/Configuration/Webhooks`, { PreWebhookUrl: 'example.com' }),
  ],
  [
    50078,
    'a post-event URL that is none',
    ({ post, base }) => post(`${base}/Configuration/Webhooks`, { PostWebhookUrl: 'ftp://example.com' }),
  ],
  [
    50065,
    'four retries',
    ({ service, post }) => post(`/v2/Services/${service.serviceSid}`, { PostWebhookRetryCount: '4' }),
  ],
  [
    50056,
    'what a pre-event webhook refuses',
    ({ service, chat }) => {
      service.changeSettings({ preWebhooksForRest: true });
      service.configureWebhooks({ PreWebhookUrl: 'https://example.com', Filters: ['onMessageAdd'] });
      service.answer(() => ({ status: 403, headers: {}, body: '' }));
      return service.rest('POST', `${chat}/Messages`, {}, { 'x-twilio-webhook-enabled': 'true' });
    },
  ],
];
