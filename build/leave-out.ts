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
    instead: 'export const defaultProvider = undefined;',
    why: 'lib/aws/secrets.ts gives the credentials that Lambda puts into the environment',
  },
  {
    file: /@smithy\/core\/.*\/node-config-provider\/configLoader\.js$/,
    instead: 'export const loadConfig = () => undefined;',
    why: 'looks for settings in the environment and in ~/.aws; lib/aws/secrets.ts gives each that is needed',
  },
  {
    file: /@smithy\/core\/.*\/defaults-mode\/resolveDefaultsModeConfig\.js$/,
    instead: 'export const resolveDefaultsModeConfig = () => undefined;',
    why: 'decides about settings that lib/aws/secrets.ts gives, and asks EC2 for the region',
  },
  {
    file: /@smithy\/node-http-handler\/dist-es\/index\.js$/,
    instead: `export { streamCollector } from '@smithy/core/serde';
      export const NodeHttpHandler = { create: (handler) => handler };`,
    why: 'lib/aws/secrets.ts gives the handler that the queue and the table use too',
  },
  {
    file: /@aws-sdk\/client-secrets-manager\/dist-es\/endpoint\/endpointResolver\.js$/,
    instead: 'export const defaultEndpointResolver = undefined;',
    why: 'rules for every region, and what evaluates them; lib/aws/aws-endpoint.ts has what they come to',
  },
  {
    file: /@aws-sdk\/core\/.*\/middleware-(user-agent\/user-agent|logger\/logger)-?[mM]iddleware\.js$/,
    instead: `const getNone = () => ({ applyToStack: () => undefined });
      export { getNone as getUserAgentPlugin, getNone as getLoggerPlugin };
      export const userAgentMiddleware = undefined, getUserAgentMiddlewareOptions = undefined;
      export const loggerMiddleware = undefined, loggerMiddlewareOptions = undefined;`,
    why: 'the name of the bot is enough for AWS, and nobody logs what it answers',
  },
  {
    file: /@aws-sdk\/core\/.*\/util-user-agent-node\/defaultUserAgent\.js$/,
    instead: `export const createDefaultUserAgentProvider = () => undefined, defaultUserAgent = undefined;
      export const crtAvailability = undefined;`,
    why: 'what the SDK says of itself, the machine and its features',
  },
  {
    file: /@smithy\/core\/.*\/codec-v2\/JsonCodec2\.js$/,
    instead: `const withoutSchema = {
        setSerdeContext: () => undefined,
        write(_, value) { this.text = JSON.stringify(value); },
        flush() { return this.text; },
        read: async (_, bytes) => JSON.parse(Buffer.from(bytes).toString()),
        readObject: (_, value) => value,
      };
      export class JsonCodec2 {
        setSerdeContext() {}
        createSerializer() { return { ...withoutSchema }; }
        createDeserializer() { return withoutSchema; }
      }`,
    why: 'numbers, dates and blobs by the schema of the operation; what is read of a secret is text',
  },
  {
    file: /@aws-sdk\/core\/.*\/util-endpoints\/lib\/aws\/partitions\.js$/,
    instead: 'export const partitionsInfo = undefined;',
    why: 'what those rules look up',
  },
  {
    file: /@smithy\/core\/.*\/regionConfig\/getInstanceMetadataRegion\.js$/,
    instead: 'export const getInstanceMetadataRegion = undefined;',
    why: 'asks EC2 for the region',
  },
  {
    file: /@aws-sdk\/client-secrets-manager\/dist-es\/runtimeExtensions\.js$/,
    instead: 'export const resolveRuntimeExtensions = (config) => config;',
    why: 'for those who extend the client',
  },
  {
    file: /\/emitWarningIfUnsupportedVersion\.js$/,
    instead: 'export const emitWarningIfUnsupportedVersion = () => undefined, state = {};',
    why: 'the version of Node is that of the function',
  },
  {
    file: /@smithy\/core\/.*\/protocols\/HttpBindingNormalizedSchema\.js$/,
    instead: `export const getHttpOperationBindings = () => [], HttpBindingNormalizedSchema = undefined;`,
    why: 'which fields of other protocols are headers, and which are parts of a path or of a host',
  },
  {
    file: /@smithy\/core\/.*\/middleware-retry\/parseRetryAfterHeader\.js$/,
    instead: 'export const parseRetryAfterHeader = () => undefined, getRetryAfterHint = undefined;',
    why: 'would have receive wait five seconds longer, which is more than it has; and it brings every format of a date',
  },
  {
    file: /@smithy\/core\/.*\/util-retry\/AdaptiveRetryStrategy\.js$/,
    instead: 'export const AdaptiveRetryStrategy = undefined;',
    why: "a rate limiter of AWS's other retry mode",
  },
  {
    file: /@smithy\/core\/.*\/service-customizations\/index\.js$/,
    instead: 'export const resolveParamsForS3 = undefined;',
    why: 'S3',
  },
  {
    file: /@smithy\/core\/.*\/smithy-client\/schemaLogFilter\.js$/,
    instead: 'export const schemaLogFilter = () => undefined;',
    why: 'there is no logger',
  },
  {
    file: /@smithy\/signature-v4\/dist-es\/HeaderFormatter\.js$/,
    instead: 'export class HeaderFormatter {}',
    why: 'signs messages of event streams',
  },
  {
    file: /@smithy\/core\/.*\/event-streams\/index\.js$/,
    instead: 'export const EventStreamSerde = undefined, eventStreamSerdeProvider = undefined;',
    why: 'no operation of Secrets Manager streams events',
  },
  {
    file: /@smithy\/core\/.*\/checksum\/sha256\/Sha256Js\.js$/,
    instead: 'export const Sha256Js = undefined;',
    why: 'for a Node without OpenSSL',
  },
  {
    file: /@smithy\/core\/.*\/(isStreamingPayload|stream-type-check)\.js$/,
    instead:
      'export const isStreamingPayload = () => false, isReadableStream = () => false, isBlob = () => false;',
    why: 'asking whether a body is a web stream or a blob loads both; ours are strings',
  },
  {
    file: /@aws-sdk\/client-[a-z-]+\/package\.json$/,
    instead: '{}',
    loader: 'json',
    why: 'for the User-Agent',
  },
  {
    file: /@aws-sdk\/client-[a-z-]+\/dist-es\/schemas\/schemas_0\.js$/,
    instead: (source) => source.replaceAll(/^n0_registry\.registerError\((?!ResourceNotFound).+$/gm, ''),
    why: 'a class for each error of the service; those without keep their names, and lib/aws asks for this class',
  },
  {
    file: /undici\/lib\/dispatcher\/client-h2\.js$/,
    instead: 'module.exports = undefined;',
    why: 'one reply needs one request: lib/twilio keeps to HTTP/1.1 (allowH2: false), and node:http2 is slow to load',
  },
  {
    file: /undici\/lib\/llhttp\/constants\.js$/,
    instead: (source) =>
      source.replace(/^exports\.FLAGS = [\s\S]*/m, '').replace(/^const utils_1 = .*$/m, ''),
    why: 'of the tables of HTTP those that generate the parser; two are asked when it runs',
  },
  {
    file: /undici\/lib\/core\/diagnostics\.js$/,
    instead: `const none = { hasSubscribers: false };
      module.exports = { channels: new Proxy({}, { get: () => none }) };`,
    why: 'tells whoever listens of each connection; nobody does',
  },
  {
    file: /undici\/lib\/core\/tree\.js$/,
    instead: 'module.exports = { tree: { lookup: () => null } };',
    why: 'built at the start from the names of a hundred headers, to spare a string for each that comes',
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
  {
    // Behind the entries for single files of undici, which come first.
    file: /undici\/lib\/(core|dispatcher)\/[\w-]+\.js$/,
    instead: (source) =>
      source.replace(
        "require('node:assert')",
        "((holds, message) => { if (!holds) throw new Error(message ?? 'assertion failed'); })",
      ),
    why: 'node:assert loads what shows the difference of two values',
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
