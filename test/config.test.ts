import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeSettings, type FunctionName, readConfig } from '../lib/config.ts';
import { ConfigError } from '../lib/config-error.ts';
import { SETTINGS } from '../lib/settings.ts';

const hex = '0123456789abcdef'.repeat(2);
const RECEIVE = {
  TWILIO_ACCOUNT_SID: `AC${hex}`,
  TWILIO_CHAT_SERVICE_SID: `IS${hex}`,
  PUBLIC_URL: 'https://bot.example.com/webhook',
  TWILIO_AUTH_TOKEN: 'canary-auth-token',
  QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/000000000000/parley.fifo',
  TABLE_NAME: 'parley-records',
};
const REPLY = {
  TWILIO_ACCOUNT_SID: `AC${hex}`,
  TWILIO_CHAT_SERVICE_SID: `IS${hex}`,
  TWILIO_API_KEY_SID: `SK${hex}`,
  TWILIO_API_KEY_SECRET: 'canary-api-secret',
  QUEUE_URL: RECEIVE.QUEUE_URL,
  TABLE_NAME: 'parley-records',
};

const RECONCILE = { ...REPLY, PUBLIC_URL: RECEIVE.PUBLIC_URL };

/** A function that reads the setting, and what it needs beside. */
function readerOf(name: keyof typeof SETTINGS) {
  const { usedBy }: { readonly usedBy: readonly string[] } = SETTINGS[name];
  if (usedBy.includes('reply')) return ['reply', REPLY] as const;
  return usedBy.includes('receive') ? (['receive', RECEIVE] as const) : (['reconcile', RECONCILE] as const);
}

function problems(name: FunctionName, env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(name, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('readConfig', () => {
  it('reads what receive needs, and nothing of what reply needs', () => {
    const config = readConfig('receive', { ...RECEIVE, BOT_MODE: '!' });
    expect(config).toMatchObject({
      TWILIO_CHAT_SERVICE_SID: [`IS${hex}`],
      PUBLIC_URL: ['https://bot.example.com/webhook'],
      LOG_LEVEL: 'info',
    });
    expect(config).not.toHaveProperty('BOT_MODE');
  });

  it('takes the documented defaults', () => {
    expect(readConfig('reply', REPLY)).toMatchObject({
      BOT_AUTHOR: 'parley',
      BOT_WEBHOOK_ENABLED: false,
      BOT_MODE: 'live',
      AGENTS: undefined,
      REPLY_SETTLE_SECONDS: 45,
      REPLY_MAX_AGE_SECONDS: 3600,
      TWILIO_EDGE: undefined,
    });
  });

  it('takes several URLs and services, separated by commas or spaces', () => {
    const other = `IS${'f'.repeat(32)}`;
    const config = readConfig('receive', {
      ...RECEIVE,
      PUBLIC_URL: 'https://a.example.com/hook, https://b.example.com:8443/hook?x=1',
      TWILIO_CHAT_SERVICE_SID: `IS${hex} ${other}`,
    });
    expect(config.PUBLIC_URL).toEqual(['https://a.example.com/hook', 'https://b.example.com:8443/hook?x=1']);
    expect(config.TWILIO_CHAT_SERVICE_SID).toEqual([`IS${hex}`, other]);
  });

  // They were separated at spaces too, so that no name with one could be written.
  it.each(['AGENTS', 'PROGRAMS'] as const)('takes spaces in %s for a part of a name', (name) => {
    const given = 'Dana Fern, ben,\n  agent-*  \r\nThe  Desk ,';
    expect(readConfig('reply', { ...REPLY, [name]: given })[name]).toEqual([
      'Dana Fern',
      'ben',
      'agent-*',
      'The  Desk',
    ]);
  });

  it.each<[given: string, urls: string[]]>([
    ['https://a.example.com/x,y?z=1,2', ['https://a.example.com/x,y?z=1,2']],
    [
      'https://a.example.com/x,y,https://b.example.com/',
      ['https://a.example.com/x,y', 'https://b.example.com/'],
    ],
    [
      'https://a.example.com/x ,\n HTTPS://b.example.com/',
      ['https://a.example.com/x', 'HTTPS://b.example.com/'],
    ],
    [
      '  https://a.example.com/x\n\thttps://b.example.com/,  ',
      ['https://a.example.com/x', 'https://b.example.com/'],
    ],
    // Kept once, and no signature was right.
    ['https://a.example.com/hook,', ['https://a.example.com/hook']],
    [
      'https://a.example.com/x,y,,https://b.example.com/hook,,',
      ['https://a.example.com/x,y', 'https://b.example.com/hook'],
    ],
    ['https://a.example.com:8443/é?a=%2C&b={c}', ['https://a.example.com:8443/é?a=%2C&b={c}']],
    // What stands alone, or last, is left over from a list, as it is in every other setting.
    ['https://a.example.com/x ,', ['https://a.example.com/x']],
    [
      ', https://a.example.com/x , , https://b.example.com/ ,,',
      ['https://a.example.com/x', 'https://b.example.com/'],
    ],
  ])('takes %s for URLs, commas and all', (given, urls) => {
    expect(readConfig('receive', { ...RECEIVE, PUBLIC_URL: given }).PUBLIC_URL).toEqual(urls);
  });

  it.each([
    ['ashburn', 'us1'],
    ['umatilla', 'us1'],
    ['san-jose-ix', 'us1'],
    ['dublin', 'ie1'],
    ['sydney', 'au1'],
  ])('takes the edge %s with the region %s', (TWILIO_EDGE, TWILIO_REGION) => {
    expect(readConfig('reply', { ...REPLY, TWILIO_EDGE, TWILIO_REGION })).toMatchObject({
      TWILIO_EDGE,
      TWILIO_REGION,
    });
  });

  // Accepted once, and reached nothing.
  it.each([
    [undefined, 'ie1', 'TWILIO_EDGE is not set and TWILIO_REGION is "ie1"'],
    ['dublin', undefined, 'TWILIO_EDGE is "dublin" and TWILIO_REGION is not set'],
    ['ie1', 'dublin', 'TWILIO_EDGE is "ie1" and TWILIO_REGION is "dublin"'],
    ['sydney', 'ie1', 'TWILIO_EDGE is "sydney" and TWILIO_REGION is "ie1"'],
    ['dublin', 'eu1', 'TWILIO_EDGE is "dublin" and TWILIO_REGION is "eu1"'],
  ])('refuses the edge %s with the region %s, and lists those that Twilio has', (edge, region, said) => {
    const [problem, ...more] = problems('reply', { ...REPLY, TWILIO_EDGE: edge, TWILIO_REGION: region });
    expect(problem).toContain(`${said}: Twilio asks for both or neither`);
    expect(problem).toContain('ie1 with dublin or london-ix');
    expect(more).toEqual([]);
  });

  it('lists everything that is wrong in one error', () => {
    const found = problems('receive', { PUBLIC_URL: 'not a url', LOG_LEVEL: 'loud' });
    expect(found).toEqual([
      expect.stringContaining('TWILIO_ACCOUNT_SID is not set'),
      expect.stringContaining('TWILIO_CHAT_SERVICE_SID is not set'),
      expect.stringContaining('PUBLIC_URL holds "not", "a", "url": expected an absolute https:// URL'),
      expect.stringContaining('QUEUE_URL is not set'),
      expect.stringContaining('TABLE_NAME is not set'),
      expect.stringContaining('LOG_LEVEL is "loud": expected debug, info, warn or error'),
      expect.stringContaining('Set TWILIO_AUTH_TOKEN_SECRET_ID, or TWILIO_AUTH_TOKEN outside Lambda'),
    ]);
  });

  const REFUSED: readonly (readonly [name: keyof typeof SETTINGS, value: string, allowed: string])[] = [
    ['TWILIO_ACCOUNT_SID', 'AC123', 'AC followed by 32 hexadecimal digits'],
    ['TWILIO_CHAT_SERVICE_SID', `IS${hex},CH${hex}`, 'IS followed by 32 hexadecimal digits'],
    ['PUBLIC_URL', '/hook', 'an absolute https:// URL'],
    ['BOT_AUTHOR', 'x'.repeat(257), 'at most 256 characters'],
    ['AGENTS', ',', 'at least one value; separate several by commas'],
    ['PROGRAMS', ', ,', 'at least one value; separate several by commas'],
    ['TWILIO_AUTH_TOKEN_SECRET_ID', 'x/'.repeat(129), 'at most 256 characters'],
    ['TWILIO_API_KEY_SECRET_ID', 'x/'.repeat(129), 'at most 256 characters'],
    ['TWILIO_AUTH_TOKEN', 'x'.repeat(257), 'at most 256 characters'],
    ['TWILIO_API_KEY_SECRET', 'x'.repeat(257), 'at most 256 characters'],
    ['TWILIO_API_KEY_SID', `AC${hex}`, 'SK followed by 32 hexadecimal digits'],
    ['TWILIO_API_URL', 'https://evil.example.com', 'https://….twilio.com'],
    ['TWILIO_API_URL', 'http://conversations.twilio.com', 'https://….twilio.com'],
    ['TWILIO_API_URL', 'http://127.0.0.1:4000/v1', 'an origin without a path'],
    ['TWILIO_API_URL', 'https://twilio.com.evil.example', 'https://….twilio.com'],
    ['TWILIO_EDGE', 'dub/lin', 'a Twilio edge or region'],
    ['TWILIO_REGION', 'IE1', 'a Twilio edge or region'],
    ['BOT_MODE', 'loud', 'live, dry-run or off'],
    ['BOT_WEBHOOK_ENABLED', 'yes', 'true or false'],
    ['WEBHOOK_WIRING', 'address', 'service or conversation'],
    ['REPLY_SETTLE_SECONDS', '5', 'a whole number from 10 to 900'],
    ['REPLY_MAX_AGE_SECONDS', '59', 'a whole number from 60 to 86400'],
    ['REPLIES_PER_MINUTE', '1.5', 'a whole number from 1 to 1000'],
    ['REPLIES_TO_TAPS_PER_MINUTE', '0', 'a whole number from 1 to 1000'],
    ['REPLIES_PER_HOUR', '10001', 'a whole number from 1 to 10000'],
    ['REPLIES_PER_DAY', '-1', 'a whole number from 1 to 10000'],
    ['HANDLER_SECONDS', '16', 'a whole number from 1 to 15'],
    ['MUTE_SECONDS', '60 never', 'a whole number from 1 to 86400'],
    ['LOG_LEVEL', 'loud', 'debug, info, warn or error'],
    ['STAGE', 'pro d', '1 to 64 letters, digits and hyphens'],
    ['QUEUE_URL', 'https://sqs.example.com/1/standard', 'a queue whose name ends in .fifo'],
    ['TABLE_NAME', 'a b', 'a DynamoDB table name'],
  ];

  it.each(REFUSED)('refuses %s = %s and says what is allowed', (name, value, allowed) => {
    const [reader, environment] = readerOf(name);
    expect(problems(reader, { ...environment, [name]: value })).toEqual([expect.stringContaining(allowed)]);
  });

  // Only the first 80 characters of the whole were shown, among which the wrong one might not be.
  it.each<[name: keyof typeof SETTINGS, value: string, said: string]>([
    [
      'PUBLIC_URL',
      `https://bot.example.com/${'a/'.repeat(40)} http://b.example.com/x`,
      'holds "http://b.example.com/x"',
    ],
    ['PUBLIC_URL', 'https://a.example.com/, x, http://b.example.com/', 'holds "x", "http://b.example.com/"'],
    ['PUBLIC_URL', 'https://a.example.com/ ,x', 'holds ",x"'],
    ['PUBLIC_URL', ' , ', 'is ","'],
    ['TWILIO_CHAT_SERVICE_SID', `IS${hex}, CH${hex}`, `holds "CH${hex}"`],
    ['MUTE_SECONDS', '60 0 600 never', 'holds "0", "never"'],
    ['MUTE_SECONDS', 'never', 'is "never"'],
    ['AGENTS', `agent-*,${'x'.repeat(25)},${'word-'.repeat(60)}`, `holds "${'word-'.repeat(16)}"`],
  ])('names what is wrong in %s = %s', (name, value, said) => {
    const [reader, environment] = readerOf(name);
    const [problem] = problems(reader, { ...environment, [name]: value });
    expect(problem).toContain(`${name} ${said}: expected `);
  });

  it('has met something to refuse in every setting', () => {
    const met = new Set(REFUSED.map(([name]) => name as string));
    expect(Object.keys(SETTINGS).filter((name) => !met.has(name))).toEqual([]);
  });

  // Nothing else reads the configuration, so what none of these reads does nothing.
  it('hands every setting on to what needs it', () => {
    const functions = ['receive', 'reply', 'reconcile'].map((name) => `functions/${name}.ts`);
    const readers = [...functions, 'lib/reply/answer-settings.ts'].map((file) => readFileSync(file, 'utf8'));
    // Tests and the local world read the plain credentials themselves.
    const isRead = (name: string) => readers.some((text) => new RegExp(`config\\.${name}\\b`).test(text));
    expect(Object.keys(SETTINGS).filter((name) => !isRead(name))).toEqual([
      'TWILIO_AUTH_TOKEN',
      'TWILIO_API_KEY_SID',
      'TWILIO_API_KEY_SECRET',
    ]);
  });

  it.each([
    'https://conversations.twilio.com',
    'https://conversations.dublin.ie1.twilio.com',
    'http://127.0.0.1:4000',
  ])('accepts %s for REST calls', (url) => {
    expect(readConfig('reply', { ...REPLY, TWILIO_API_URL: url }).TWILIO_API_URL).toBe(url);
  });

  it.each([
    'http://bot.example.com/hook',
    'https://bot.example.com/hook#fragment',
    'https://user:pass@bot.example.com/hook',
    'https://:pass@bot.example.com/hook',
    `https://bot.example.com/${'x'.repeat(512)}`,
    '/hook',
  ])('refuses %s as a public URL', (url) => {
    expect(problems('receive', { ...RECEIVE, PUBLIC_URL: url })).toHaveLength(1);
  });

  it('needs every half of a plain API key', () => {
    expect(problems('reply', { ...REPLY, TWILIO_API_KEY_SECRET: undefined })).toEqual([
      'Set TWILIO_API_KEY_SECRET_ID, or TWILIO_API_KEY_SID and TWILIO_API_KEY_SECRET outside Lambda.',
    ]);
  });

  it('refuses plain credentials in Lambda and says where to put them', () => {
    const lambda = { AWS_LAMBDA_FUNCTION_NAME: 'parley-receive' };
    expect(problems('receive', { ...RECEIVE, ...lambda })).toEqual([
      expect.stringContaining('TWILIO_AUTH_TOKEN is set, and in Lambda plain credentials are refused'),
      expect.stringContaining('TWILIO_AUTH_TOKEN_SECRET_ID is not set'),
    ]);
    const secret = { TWILIO_AUTH_TOKEN: undefined, TWILIO_AUTH_TOKEN_SECRET_ID: 'parley/token' };
    expect(problems('receive', { ...RECEIVE, ...lambda, ...secret })).toEqual([]);
  });

  it('never shows a credential', () => {
    const long = 'canary'.repeat(60);
    const found = problems('reply', { ...REPLY, TWILIO_API_KEY_SECRET: long, BOT_MODE: 'x' }).join('\n');
    expect(found).toContain('TWILIO_API_KEY_SECRET (value not shown) is not valid');
    expect(found).not.toContain('canary');
  });

  // Swapping two variables printed the API key's secret, and a public URL its password.
  it.each([
    ['TWILIO_API_KEY_SID', 'reply', REPLY, 'Zk4naRiSecretKey9wQx27LmPtVbHsYd'],
    ['TWILIO_ACCOUNT_SID', 'receive', RECEIVE, 'fa1ce5ecf2e70c2ea7a6b1d05eed9f3c'],
    ['PUBLIC_URL', 'receive', RECEIVE, 'https://bot:canary@bot.example.com/hook'],
    ['BOT_MODE', 'reply', REPLY, '{"apiKeySecret":"canary"}'],
  ] as const)('never shows a credential in the wrong place: %s', (variable, name, environment, value) => {
    const [problem] = problems(name, { ...environment, [variable]: value });
    expect(problem).toMatch(`${variable} (value not shown) is not valid: expected `);
    expect(problem).not.toContain(value);
    expect(problem).not.toContain('canary');
  });

  it('shows what is wrong when it is not a credential', () => {
    const wrong = { TWILIO_API_KEY_SID: `AC${hex}`, BOT_MODE: 'x'.repeat(31) };
    expect(problems('reply', { ...REPLY, ...wrong })).toEqual([
      expect.stringContaining(`BOT_MODE is "${'x'.repeat(31)}"`),
      expect.stringContaining(`TWILIO_API_KEY_SID is "AC${hex}"`),
    ]);
  });

  it('describes every setting for docs/settings.md', () => {
    expect(describeSettings().map(({ name }) => name)).toContain('TWILIO_API_KEY_SECRET_ID');
    expect(describeSettings().every(({ about }) => about.length > 10)).toBe(true);
  });
});

describe('serverless.yml', () => {
  const template = readFileSync('serverless.yml', 'utf8');
  const functions = Object.fromEntries(
    (['receive', 'reply', 'reconcile'] as const).map((name) => {
      const [, body = ''] = new RegExp(`^  ${name}:\\n([^]*?)(?=^  \\w|^\\w)`, 'm').exec(template) ?? [];
      return [name, body];
    }),
  );
  /** What only the local world and tests set. */
  const OUTSIDE_LAMBDA = [
    'TWILIO_AUTH_TOKEN',
    'TWILIO_API_KEY_SID',
    'TWILIO_API_KEY_SECRET',
    'TWILIO_API_URL',
  ];

  it.each(Object.entries(SETTINGS).filter(([name]) => !OUTSIDE_LAMBDA.includes(name)))(
    'hands %s to each function that reads it',
    (name, { usedBy }) => {
      expect(usedBy.filter((reader) => !functions[reader]?.includes(` ${name}: `))).toEqual([]);
    },
  );
});
