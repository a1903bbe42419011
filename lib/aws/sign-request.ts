import { SignatureV4 } from '@smithy/signature-v4';
import { environment } from '../config.ts';
import type { AwsEnvironment } from './aws-endpoint.ts';
import { type AwsCredentials, credentialsIn, regionIn } from './lambda-identity.ts';
import type { AwsRequest } from './send-request.ts';
import { Sha256 } from './sha256.ts';
import { traceHeaders } from './trace-headers.ts';

export interface SigningService {
  /** As in signatures: `sqs`. */
  readonly signingName: string;
  readonly endpoint: (region: string, env: AwsEnvironment) => string;
}

export interface SignerOptions {
  /** Where the service is, instead of its place in the region: `http://127.0.0.1:8000`. */
  readonly endpoint?: string;
  /** @default AWS_REGION */
  readonly region?: string | (() => Promise<string>);
  /** @default those in the environment */
  readonly credentials?: AwsCredentials | (() => Promise<AwsCredentials>);
  /** Instead of this process's. */
  readonly env?: () => AwsEnvironment;
}

/** A request to a service, signed for the moment at which it is sent. */
export type SignRequest = (
  headers: Readonly<Record<string, string>>,
  body: string,
  signingDate: Date,
) => Promise<AwsRequest>;

/**
 * Signs with AWS's own signer. Region and credentials are looked up at each request, so that renewed ones are taken.
 */
export function createSigner(service: SigningService, options: SignerOptions): SignRequest {
  const { env = environment } = options;
  const region = () => given(options.region ?? regionIn(env()));
  const signer = new SignatureV4({
    service: service.signingName,
    region,
    credentials: () => given(options.credentials ?? credentialsIn(env())),
    sha256: Sha256,
  });
  return async (headers, body, signingDate) => {
    const url = new URL(options.endpoint ?? service.endpoint(await region(), env()));
    const { protocol, hostname, port, host, pathname } = url;
    const request = {
      protocol,
      hostname,
      ...(port && { port: Number(port) }),
      method: 'POST',
      path: pathname.replace(/\/?$/, '/'),
      query: {},
      headers: { ...headers, host, ...(await traceHeaders(env())) },
      body,
    };
    const { headers: signed } = await signer.sign(request, { signingDate });
    return { ...request, headers: signed };
  };
}

async function given<T extends string | object>(value: T | (() => Promise<T>)): Promise<T> {
  return typeof value === 'function' ? value() : value;
}
