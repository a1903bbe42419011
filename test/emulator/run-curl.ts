import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

export interface CurlResult {
  readonly status: number;
  readonly body: string;
}

export type RunCurl = (command: string, environment: Readonly<Record<string, string>>) => Promise<CurlResult>;

/** Curl itself, where the machine has it, behind a shell as on Twilio's page. */
const realCurl: RunCurl = async (command, environment) => {
  const shell = promisify(execFile);
  const { stdout } = await shell('sh', ['-c', `${command} --silent --write-out '\\n%{http_code}'`], {
    env: { ...process.env, ...environment, NO_PROXY: '*' },
  });
  const at = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(at + 1)), body: stdout.slice(0, at) };
};

/** The options that Twilio's examples use, read the way curl reads them. */
const readCurl: RunCurl = async (command, environment) => {
  const words = splitWords(command, environment);
  let method: string | undefined;
  let url = '';
  const data: string[] = [];
  const headers: Record<string, string> = {};
  const rest = words.slice(1).values();
  for (const word of rest) {
    const next = () => rest.next().value ?? '';
    if (word === '-X' || word === '--request') method = next();
    else if (word === '-u' || word === '--user') headers['authorization'] = `Basic ${btoa(next())}`;
    else if (word === '--header') {
      const [, name = '', value = ''] = /^([^:]+): *(.*)$/.exec(next()) ?? [];
      headers[name.toLowerCase()] = value;
    } else if (word === '--data') data.push(next());
    else if (word === '--data-urlencode') {
      const [, name = '', value = ''] = /^([^=]*)=([\s\S]*)$/.exec(next()) ?? [];
      data.push(`${name}=${encodeURIComponent(value)}`);
    } else url = word;
  }
  const form = data.length === 0 ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const response = await fetch(url, {
    method: method ?? (data.length === 0 ? 'GET' : 'POST'),
    headers: { ...form, ...headers },
    ...(data.length === 0 ? {} : { body: data.join('&') }),
  });
  return { status: response.status, body: await response.text() };
};

/** Words of a POSIX shell: quotes, line continuations and `$NAME`, no more than the examples need. */
function splitWords(command: string, environment: Readonly<Record<string, string>>): readonly string[] {
  const expand = (text: string) =>
    text.replace(/\$(\w+)/g, (_whole, name: string) => environment[name] ?? '');
  const words = command.replaceAll('\\\n', ' ').matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g);
  return [...words].map(([word]) =>
    word.replace(
      /'([^']*)'|"([^"]*)"|([^'"]+)/g,
      (_whole, single: string, double: string, bare: string) => single ?? expand(double ?? bare),
    ),
  );
}

const hasCurl = spawnSync('curl', ['--version']).status === 0;

export const CURLS: readonly (readonly [name: string, run: RunCurl])[] = [
  ['as read by this test', readCurl],
  ...(hasCurl ? [['run by curl', realCurl] as const] : []),
];
