import * as z from 'zod/mini';
import type { LogLevel } from './log.ts';
import { sidPattern } from './sid.ts';

/** The Lambda functions; each reads only the settings it needs, and has rights to no more. */
export type FunctionName = (typeof FUNCTION_NAMES)[number];
export const FUNCTION_NAMES = ['receive', 'reply', 'reconcile'] as const;

export interface Setting {
  readonly about: string;
  /** Taken when the variable is absent or empty; without one the variable must be set. */
  readonly default?: string;
  /** Never shown in an error. */
  readonly secret?: true;
  /** Made when it is read: each function has some, and no start should wait for the others. */
  readonly schema: z.ZodMiniType<unknown, string>;
}

export interface FunctionSetting extends Setting {
  readonly usedBy: readonly FunctionName[];
}

const sid = (prefix: string) =>
  z.string().check(z.regex(sidPattern(prefix), `${prefix} followed by 32 hexadecimal digits`));

export const optional = <T extends z.ZodMiniType<unknown, string>>(schema: T) => z.union([empty(), schema]);
const empty = () =>
  z.pipe(
    z.literal(''),
    z.transform(() => undefined),
  );

const list = <T>(item: z.ZodMiniType<T, string>, separator = /[\s,]+/) =>
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((value) =>
        value
          .split(separator)
          .map((part) => part.replace(LEFT_OVER, ''))
          .filter((part) => part !== ''),
      ),
    ),
    z.array(item).check(z.minLength(1, 'at least one value; separate several by commas')),
  );

/** Of a separator, where two come in a row, or one comes last: within a URL, every signature would be wrong. */
const LEFT_OVER = /,+$/;

/** An identity may hold spaces: `Dana Fern` is one. */
const BETWEEN_NAMES = /\s*[,\r\n]\s*/;

/** A URL may hold commas itself, but does not end in one. */
const BETWEEN_URLS = /\s*,\s*(?=https?:)|\s+/i;

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])$/;

const publicUrl = () =>
  z.string().check(
    z.refine((value) => {
      const url = URL.parse(value);
      if (url === null || value.length > 512 || value.includes('#')) return false;
      if (url.username !== '' || url.password !== '') return false;
      return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
    }, 'an absolute https:// URL as configured at Twilio, at most 512 characters, no fragment, no user:password'),
  );

/** Credentials go to this origin, so it is Twilio's or a process on this machine, nothing else. */
const apiUrl = () =>
  z.string().check(
    z.refine((value) => {
      const url = URL.parse(value);
      if (url === null || url.origin !== value) return false;
      return url.protocol === 'https:'
        ? url.hostname.endsWith('.twilio.com')
        : url.protocol === 'http:' && LOOPBACK.test(url.hostname);
    }, 'an origin without a path: https://….twilio.com, or http:// on 127.0.0.1'),
  );

export const whole = (min: number, max: number) =>
  z.pipe(
    z.string().check(z.regex(/^\d{1,9}$/, `a whole number from ${min} to ${max}`)),
    z.pipe(
      z.transform(Number),
      z
        .number()
        .check(
          z.minimum(min, `a whole number from ${min} to ${max}`),
          z.maximum(max, `a whole number from ${min} to ${max}`),
        ),
    ),
  );

const text = () => z.string().check(z.minLength(1, 'a value'), z.maxLength(256, 'at most 256 characters'));
const label = () =>
  z.string().check(z.regex(/^[a-z-]{2,20}[0-9]{0,2}$/, 'a Twilio edge or region such as dublin, ie1'));

/** Every setting under the name of its environment variable. */
export const SETTINGS = {
  TWILIO_ACCOUNT_SID: {
    about: 'The account whose webhooks are accepted',
    usedBy: ['receive', 'reply', 'reconcile'],
    get schema() {
      return sid('AC');
    },
  },
  TWILIO_CHAT_SERVICE_SID: {
    about: 'The Conversations service, or several separated by commas',
    usedBy: ['receive', 'reply', 'reconcile'],
    get schema() {
      return list(sid('IS'));
    },
  },
  PUBLIC_URL: {
    about:
      'The webhook URL exactly as configured at Twilio; several separated by spaces while you move. Signatures are checked against these and nothing else',
    usedBy: ['receive', 'reconcile'],
    get schema() {
      return list(publicUrl(), BETWEEN_URLS);
    },
  },
  WEBHOOK_WIRING: {
    about:
      'What carries the webhook: `service` for the service or the account, which are looked at so that no second stack answers; `conversation` when conversations or addresses carry it',
    usedBy: ['reconcile'],
    default: 'service',
    get schema() {
      return z.enum(['service', 'conversation'], 'service or conversation');
    },
  },
  BOT_AUTHOR: {
    about: 'The author of everything the bot says; reserve this identity for it',
    usedBy: ['reply', 'reconcile'],
    default: 'parley',
    get schema() {
      return text();
    },
  },
  BOT_WEBHOOK_ENABLED: {
    about:
      'X-Twilio-Webhook-Enabled on what the bot writes. `true` only when an archive or Flex must see it; the other loop guards stay',
    usedBy: ['reply'],
    default: 'false',
    get schema() {
      return z.pipe(
        z.enum(['true', 'false'], 'true or false'),
        z.transform((value) => value === 'true'),
      );
    },
  },
  BOT_MODE: {
    about:
      '`live` answers; `dry-run` decides and logs but sends nothing; `off` only records. Operators can press a stricter one at any moment (`npx parley mode`)',
    usedBy: ['reply', 'reconcile'],
    default: 'live',
    get schema() {
      return z.enum(['live', 'dry-run', 'off'], 'live, dry-run or off');
    },
  },
  AGENTS: {
    about:
      'Your people, who are not answered and silence the bot when they write: chat identities (`*` stands for anything) and role SIDs (RL…), separated by commas; a space is part of a name. Without it a chat identity counts as one where somebody has come by SMS, WhatsApp and the like before: name those who write first',
    usedBy: ['reply', 'reconcile'],
    default: '',
    get schema() {
      return optional(list(text(), BETWEEN_NAMES));
    },
  },
  PROGRAMS: {
    about:
      'Programs that write under an author of their own (reminders, surveys, a CRM): not answered, and they silence nothing. Identities as in AGENTS',
    usedBy: ['reply', 'reconcile'],
    default: '',
    get schema() {
      return optional(list(text(), BETWEEN_NAMES));
    },
  },
  REPLY_SETTLE_SECONDS: {
    about: 'How long after an ambiguous send a missing message counts as not sent',
    usedBy: ['reply'],
    default: '45',
    get schema() {
      return whole(10, 900);
    },
  },
  REPLY_MAX_AGE_SECONDS: {
    about: 'Messages older than this are recorded as stale, not answered',
    usedBy: ['reply', 'reconcile'],
    default: '3600',
    get schema() {
      return whole(60, 86_400);
    },
  },
  REPLIES_PER_MINUTE: {
    about: 'Replies the bot may give in one conversation in any minute',
    usedBy: ['reply'],
    default: '6',
    get schema() {
      return whole(1, 1000);
    },
  },
  REPLIES_TO_TAPS_PER_MINUTE: {
    about:
      'Replies in any minute to taps on what the bot offered (buttons, lists), beside REPLIES_PER_MINUTE',
    usedBy: ['reply'],
    default: '30',
    get schema() {
      return whole(1, 1000);
    },
  },
  REPLIES_PER_HOUR: {
    about: 'Replies the bot may give in one conversation in any hour',
    usedBy: ['reply'],
    default: '60',
    get schema() {
      return whole(1, 10_000);
    },
  },
  REPLIES_PER_DAY: {
    about: 'Replies the bot may give in one conversation in any 24 hours',
    usedBy: ['reply'],
    default: '200',
    get schema() {
      return whole(1, 10_000);
    },
  },
  MUTE_SECONDS: {
    about:
      'How long the bot is quiet when the other side answers like a machine: the first time, the second, and so on; a day without begins again',
    usedBy: ['reply'],
    default: '60 600 3600',
    get schema() {
      return list(whole(1, 86_400));
    },
  },
  HANDLER_SECONDS: {
    about:
      'How long the handlers that a message calls may take together; then the rule’s `else` is done. The reply function needs as many more at once as it is busy longer',
    usedBy: ['reply'],
    default: '5',
    get schema() {
      return whole(1, 15);
    },
  },
  TWILIO_AUTH_TOKEN_SECRET_ID: {
    about:
      'Secrets Manager id of what signs webhooks: the bare auth token, or JSON with several tokens and shared keys (docs/deploying.md)',
    usedBy: ['receive'],
    default: '',
    get schema() {
      return optional(text());
    },
  },
  TWILIO_API_KEY_SECRET_ID: {
    about: 'Secrets Manager id of the API key for replies: `{"apiKeySid":"SK…","apiKeySecret":"…"}`',
    usedBy: ['reply', 'reconcile'],
    default: '',
    get schema() {
      return optional(text());
    },
  },
  TWILIO_AUTH_TOKEN: {
    about: 'The auth token itself, outside Lambda only',
    usedBy: ['receive'],
    default: '',
    secret: true,
    get schema() {
      return optional(text());
    },
  },
  TWILIO_API_KEY_SID: {
    about: 'The API key itself, outside Lambda only',
    usedBy: ['reply', 'reconcile'],
    default: '',
    get schema() {
      return optional(sid('SK'));
    },
  },
  TWILIO_API_KEY_SECRET: {
    about: 'Its secret, outside Lambda only',
    usedBy: ['reply', 'reconcile'],
    default: '',
    secret: true,
    get schema() {
      return optional(text());
    },
  },
  QUEUE_URL: {
    about: 'The SQS FIFO queue between receive and reply (serverless.yml sets it)',
    usedBy: ['receive', 'reply', 'reconcile'],
    get schema() {
      return z
        .string()
        .check(
          z.refine(
            (value) => URL.canParse(value) && value.endsWith('.fifo'),
            'the URL of a queue whose name ends in .fifo',
          ),
        );
    },
  },
  TABLE_NAME: {
    about:
      'The DynamoDB table with the records (serverless.yml sets it; when you deploy, only for a table that was restored)',
    usedBy: ['receive', 'reply', 'reconcile'],
    get schema() {
      return z.string().check(z.regex(/^[A-Za-z0-9_.-]{3,255}$/, 'a DynamoDB table name'));
    },
  },
  STAGE: {
    about: 'The stage, in the namespace of the metrics: `parley/<stage>` (serverless.yml sets it)',
    usedBy: ['receive', 'reply', 'reconcile'],
    default: 'dev',
    get schema() {
      return z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/, '1 to 64 letters, digits and hyphens'));
    },
  },
  LOG_LEVEL: {
    about: '`debug`, `info`, `warn` or `error`',
    usedBy: ['receive', 'reply', 'reconcile'],
    default: 'info',
    get schema() {
      return z.enum(['debug', 'info', 'warn', 'error'] satisfies LogLevel[], 'debug, info, warn or error');
    },
  },
  TWILIO_EDGE: {
    about: 'Twilio edge location for REST calls, such as `dublin`; only together with its region',
    usedBy: ['reply', 'reconcile'],
    default: '',
    get schema() {
      return optional(label());
    },
  },
  TWILIO_REGION: {
    about: 'Twilio region for REST calls, such as `ie1`; only together with its edge',
    usedBy: ['reply', 'reconcile'],
    default: '',
    get schema() {
      return optional(label());
    },
  },
  TWILIO_API_URL: {
    about: 'Another origin for REST calls, such as the local service; overrides edge and region',
    usedBy: ['reply', 'reconcile'],
    default: '',
    get schema() {
      return optional(apiUrl());
    },
  },
} as const satisfies Record<string, FunctionSetting>;
