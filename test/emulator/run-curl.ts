import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

/** What curl sends. */
export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The options that Twilio's examples use, read the way curl reads them.
 * @param words behind `curl`
 */
export function readCurlWords(words: readonly string[]): CurlRequest {
  let method: string | undefined;
  let url = '';
  const data: string[] = [];
  const headers: Record<string, string> = {};
  const rest = words.values();
  for (const word of rest) {
    const next = () => rest.next().value ?? '';
    if (word === '-X' || word === '--request') method = next();
    else if (word === '-u' || word === '--user') headers['authorization'] = `Basic ${btoa(next())}`;
    else if (word === '--header') {
      const [, name = '', value = ''] = /^([^:]+): *(.*)$/.exec(next()) ?? [];
      headers[name.toLowerCase()] = value;
    } else if (word === '--data') {
      const [, file, value] = /^(?:@(.*)|([\s\S]*))$/.exec(next()) ?? [];
      // Of a file curl leaves out the ends of lines.
      data.push(file === undefined ? (value ?? '') : readFileSync(file, 'utf8').replaceAll(/[\r\n]/g, ''));
    } else if (word === '--data-urlencode') {
      const [, name = '', value = ''] = /^([^=]*)=([\s\S]*)$/.exec(next()) ?? [];
      data.push(`${name}=${encodeURIComponent(value)}`);
    } else if (word.startsWith('-')) throw new Error(`${word} is an option of curl that is not read here`);
    else url = word;
  }
  const form = data.length === 0 ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  return {
    method: method ?? (data.length === 0 ? 'GET' : 'POST'),
    url,
    headers: { ...form, ...headers },
    body: data.join('&'),
  };
}

const readCurl: RunCurl = async (command, environment) => {
  const { url, body, ...request } = readCurlWords(splitWords(command, environment).slice(1));
  const response = await fetch(url, body === '' ? request : { ...request, body });
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
