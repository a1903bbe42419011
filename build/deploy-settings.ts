import * as z from 'zod/mini';
import { readSettings } from '../lib/config.ts';
import { optional, type Setting, whole } from '../lib/settings.ts';

const onOff = z.enum(['on', 'off'], 'on or off');

const arnOf = (service: string, kind: string) =>
  z
    .string()
    .check(
      z.regex(
        new RegExp(String.raw`^arn:[\w-]+:${service}:[\w-]+:\d{12}:${kind}/[\w-]+$`),
        `an ARN such as arn:aws:${service}:eu-west-1:123456789012:${kind}/01234567-89ab-cdef-0123-456789abcdef`,
      ),
    );

const domain = z
  .string()
  .check(
    z.regex(
      /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
      'a domain such as bot.example.com',
    ),
  );

const callable = z
  .string()
  .check(
    z.regex(
      /^(?:[^\s@:]+@[^\s@:]+\.[^\s@:]+|https:\/\/[^\s/]\S*)$/,
      'one e-mail address, or an https:// URL that takes what Amazon SNS sends',
    ),
  );

/** AWS allows more characters, but not in every service: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const TAG = /^(?!aws:)[\w.:/+@-]{1,128}=[\w.:/+@ -]{0,256}$/;
const tags = z.pipe(
  z.pipe(
    z.string(),
    z.transform((value) => value.split(',').map((tag) => tag.trim())),
  ),
  z.pipe(
    z.array(z.string().check(z.regex(TAG, 'name=value, several separated by commas'))),
    z.transform((list) =>
      Object.fromEntries(
        list.map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
      ),
    ),
  ),
);

/** What is decided when the stack is deployed, and no function reads; each under the name of its environment variable. */
export const DEPLOY_SETTINGS = {
  DOMAIN_NAME: {
    about: 'The domain of the webhook, such as `bot.example.com`. The address that AWS gives is closed then',
    default: '',
    schema: optional(domain),
  },
  CERTIFICATE_ARN: {
    about: 'Its certificate in Certificate Manager, of the region of the stack',
    default: '',
    schema: optional(arnOf('acm', 'certificate')),
  },
  DEFAULT_ENDPOINT: {
    about: '`on` leaves the address that AWS gives open beside DOMAIN_NAME, while Twilio’s webhook moves',
    default: 'off',
    schema: onOff,
  },
  THROTTLE_RATE: {
    about:
      'Requests a second that the API takes; what is above is answered with 429, and Twilio does not repeat it',
    default: '200',
    schema: whole(1, 10_000),
  },
  THROTTLE_BURST: {
    about: 'Requests that may come at once on top of that',
    default: '400',
    schema: whole(1, 5_000),
  },
  MAX_CONCURRENCY: {
    about: 'How many replies are worked on at once, and so how many requests Twilio sees from the bot',
    default: '50',
    schema: whole(2, 1_000),
  },
  ALARM_PAGE: {
    about:
      'Who is woken by alarms that cannot wait: an e-mail address, which AWS asks to confirm, or the https:// URL of an on-call service. Without it nobody is',
    default: '',
    schema: optional(callable),
  },
  ALARM_TICKET: {
    about: 'Who hears of alarms that can wait until the morning, in the same way',
    default: '',
    schema: optional(callable),
  },
  KMS_KEY_ARN: {
    about: 'A key of yours for the queues, the table, the logs and the topics, in the place of AWS’s own',
    default: '',
    schema: optional(arnOf('kms', 'key')),
  },
  TRACING: {
    about: '`on` has X-Ray record the functions’ invocations, which it charges for',
    default: 'off',
    schema: onOff,
  },
  DELETION_PROTECTION: {
    about:
      '`on` protects stack and table against deletion. Without it: `on` for a stage whose name begins with `prod`',
    default: '',
    schema: optional(onOff),
  },
  ROLLBACK_MINUTES: {
    about:
      'How long CloudFormation watches the alarms of receive and reply after an update, and takes it back when one rings; `0` for not at all',
    default: '5',
    schema: whole(0, 180),
  },
  TAGS: {
    about: 'Tags for everything that can have some, such as `owner=support,cost-center=1234`',
    default: '',
    schema: optional(tags),
  },
} as const satisfies Record<string, Setting>;

export type DeploySettings = {
  readonly [K in keyof typeof DEPLOY_SETTINGS]: z.output<(typeof DEPLOY_SETTINGS)[K]['schema']>;
};

/** @param region of the stack */
export function readDeploySettings(
  given: Readonly<Record<string, string>>,
  region: string,
): { readonly settings: Partial<DeploySettings>; readonly problems: readonly string[] } {
  const { values, problems } = readSettings(Object.entries(DEPLOY_SETTINGS), given);
  const settings = values as Partial<DeploySettings>;
  if ('DOMAIN_NAME' in settings && 'CERTIFICATE_ARN' in settings) problems.push(...domainProblems(settings));
  for (const name of ['CERTIFICATE_ARN', 'KMS_KEY_ARN'] as const) {
    const found = settings[name]?.split(':')[3];
    if (found !== undefined && found !== region)
      problems.push(`${name} is of the region ${found}: expected one of ${region}, where the stack is.`);
  }
  return { settings, problems };
}

function domainProblems({ DOMAIN_NAME: domainName, CERTIFICATE_ARN: certificate }: Partial<DeploySettings>) {
  if ((domainName === undefined) === (certificate === undefined)) return [];
  const [set, missing] =
    certificate === undefined ? ['DOMAIN_NAME', 'CERTIFICATE_ARN'] : ['CERTIFICATE_ARN', 'DOMAIN_NAME'];
  return [`${set} is set and ${missing} is not: a domain needs its certificate, so set both or neither.`];
}

/** What stack/parameters.yml calls it: `MaxConcurrency` for `MAX_CONCURRENCY`. */
export function parameterOf(setting: string): string {
  return setting.toLowerCase().replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
