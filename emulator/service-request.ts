/** One HTTP request as the service sees it, whoever carried it: a socket, a test or a simulation. */
export interface ServiceRequest {
  readonly method: string;
  /** Absolute (`http://127.0.0.1:4000/v1/…`: its origin is used in links), or path and query. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface ServiceResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Present only when a fault asks the carrier to misbehave; in process the caller acts it out itself. */
  readonly transport?: Transport;
}

/** What a fault does to the connection instead of, or while, answering. */
export type Transport =
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'drip'; readonly bytesPerSecond: number };
