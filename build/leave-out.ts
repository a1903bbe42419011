import { readFileSync } from 'node:fs';
import type { Loader, Plugin, PluginBuild } from 'esbuild';

/**
 * What libraries carry for other places than a Lambda of ours, replaced when bundling by the little that is left of
 * it. Loading code is most of a cold start: together these halve what the bundles add to an empty handler's
 * (`npm run bench`). The end-to-end test runs the bundles as they deploy; an entry that matches no file any more
 * fails the build, so an update of a library cannot pass unseen.
 */
interface LeftOut {
  readonly file: RegExp;
  readonly instead: string | ((source: string) => string);
  readonly why: string;
  /** @default 'js' */
  readonly loader?: Loader;
}

const LEFT_OUT: readonly LeftOut[] = [
  {
    file: /@aws-sdk\/credential-provider-node\/dist-es\/index\.js$/,
    instead: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
    why: 'Lambda puts the credentials of its role into the environment; SSO, STS, profiles, EC2 and processes never run',
  },
  {
    file: /@smithy\/core\/.*\/shared-ini-file-loader\/loadSharedConfigFiles\.js$/,
    instead: `export const CONFIG_PREFIX_SEPARATOR = '.';
      export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
    why: 'there is no ~/.aws in Lambda; settings come from the environment',
  },
  {
    file: /@smithy\/core\/.*\/regionConfig\/getInstanceMetadataRegion\.js$/,
    instead: 'export const getInstanceMetadataRegion = async () => undefined;',
    why: 'asks EC2 for the region; Lambda sets AWS_REGION',
  },
  {
    file: /@smithy\/core\/.*\/event-streams\/index\.js$/,
    instead: 'export const EventStreamSerde = undefined, eventStreamSerdeProvider = undefined;',
    why: 'no operation of SQS, DynamoDB or Secrets Manager streams events',
  },
  {
    file: /@smithy\/core\/.*\/checksum\/crc32\/Crc32Node\.js$/,
    instead: 'export const Crc32Node = undefined;',
    why: 'a checksum of event streams and S3, and the only use of node:zlib',
  },
  {
    file: /@smithy\/core\/.*\/checksum\/(md5\/Md5|sha256\/Sha256)Js\.js$/,
    instead: 'export const Md5Js = undefined, Sha256Js = undefined;',
    why: 'for a Node without OpenSSL',
  },
  {
    file: /@smithy\/core\/.*\/(isStreamingPayload|stream-type-check)\.js$/,
    instead:
      'export const isStreamingPayload = () => false, isReadableStream = () => false, isBlob = () => false;',
    why: 'asking whether a body is a web stream or a blob loads both; ours are strings, and answers are Node streams',
  },
  {
    file: /@aws-sdk\/client-[a-z-]+\/package\.json$/,
    instead: (source) => JSON.stringify({ version: JSON.parse(source).version }),
    loader: 'json',
    why: 'only the version is read, for the User-Agent',
  },
  {
    file: /@aws-sdk\/client-[a-z-]+\/dist-es\/schemas\/schemas_0\.js$/,
    instead: (source) =>
      source.replaceAll(/^n0_registry\.registerError\((?!ConditionalCheckFailed|ResourceNotFound).+$/gm, ''),
    why: 'a class for each error of the service; those without keep their names, and lib/aws asks for these two classes',
  },
  {
    file: /undici\/lib\/dispatcher\/client-h2\.js$/,
    instead: 'module.exports = undefined;',
    why: 'one reply needs one request: lib/twilio keeps to HTTP/1.1 (allowH2: false), and node:http2 is slow to load',
  },
  {
    file: /undici\/lib\/llhttp\/llhttp-wasm\.js$/,
    instead: 'module.exports = undefined;',
    why: 'the parser for processors without SIMD; Lambda has none',
  },
  {
    file: /undici\/lib\/web\/(webidl\/index|fetch\/(body|formdata))\.js$/,
    instead: 'module.exports = { webidl: { is: { FormData: () => false } } };',
    why: 'FormData bodies; ours are strings',
  },
];

/** undici's own switch, which Node uses too: without its experimental second HTTP parser. */
export const UNDICI_WITHOUT_MILO = { esbuildDetection: 'true' };

/** An esbuild plugin, and the check that each entry of the list was met. */
export function leaveOut(): { readonly plugin: Plugin; readonly assertAllMet: () => void } {
  const met = new Set<LeftOut>();
  const setup = (build: PluginBuild) => {
    for (const entry of LEFT_OUT) {
      build.onLoad({ filter: entry.file }, ({ path }) => {
        met.add(entry);
        const { instead, loader = 'js' } = entry;
        return {
          contents: typeof instead === 'string' ? instead : instead(readFileSync(path, 'utf8')),
          loader,
        };
      });
    }
  };
  const assertAllMet = () => {
    const stale = LEFT_OUT.filter((entry) => !met.has(entry)).map(({ file }) => `  ${file.source}`);
    if (stale.length === 0) return;
    throw new Error(
      `No bundled file is named like this any more; fix build/leave-out.ts:\n${stale.join('\n')}`,
    );
  };
  return { plugin: { name: 'leave-out', setup }, assertAllMet };
}
