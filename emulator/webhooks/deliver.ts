/** One HTTP request to a webhook's URL, ready to send. */
export interface WebhookRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The form of a POST; empty for a GET, whose parameters are in the URL. */
  readonly body: string;
}

export interface WebhookResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Carries a webhook to whoever listens: over HTTP in the world, by a direct call in a simulation.
 * Rejects when nobody can be reached; may take as long as it likes, the service stops waiting after five seconds.
 */
export type Deliver = (webhook: WebhookRequest) => Promise<WebhookResponse>;
