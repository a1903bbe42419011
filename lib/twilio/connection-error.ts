import { BotError } from '../errors.ts';

export type ConnectionFailure =
  | 'dns_failed'
  | 'address_refused'
  | 'connection_refused'
  | 'connect_timeout'
  | 'tls_failed'
  | 'connect_failed'
  | 'timed_out'
  | 'connection_lost'
  | 'response_too_large'
  | 'response_malformed';

/**
 * No whole answer came. `outcomeKnown` is true when not one byte of the request left, which the HTTP client knows
 * exactly: it was never handed a connection. The original error is not kept: it can hold headers and bytes.
 */
export class ConnectionError extends BotError {
  override readonly name = 'ConnectionError' as const;
  readonly code: ConnectionFailure;
  override readonly retryable = true;
  override readonly outcomeKnown: boolean;

  /**
   * @param sent Whether any byte of the request may have left.
   * @param detail The system's own code, such as `ECONNRESET`.
   */
  constructor(code: ConnectionFailure, origin: string, sent: boolean, detail?: string) {
    super(
      `No answer from ${origin}: ${code}${detail === undefined ? '' : ` (${detail})`}. ` +
        (sent ? 'It may have acted all the same.' : 'Nothing was sent.'),
    );
    this.code = code;
    this.outcomeKnown = !sent;
  }
}

const REFUSALS: Readonly<Record<string, ConnectionFailure>> = {
  ENOTFOUND: 'dns_failed',
  EAI_AGAIN: 'dns_failed',
  EOWNMACHINE: 'address_refused',
  ECONNREFUSED: 'connection_refused',
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
  ETIMEDOUT: 'connect_timeout',
};

const LOSSES: Readonly<Record<string, ConnectionFailure>> = {
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'response_too_large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'response_malformed',
  UND_ERR_HEADERS_OVERFLOW: 'response_malformed',
  HTTPParserError: 'response_malformed',
};

/** Names the cause of an error from the HTTP client or the system. */
export function connectionError(error: unknown, origin: string, sent: boolean): ConnectionError {
  const detail = systemCode(error);
  return new ConnectionError(sent ? nameLoss(detail) : nameRefusal(detail), origin, sent, detail);
}

function nameRefusal(detail: string): ConnectionFailure {
  return (
    REFUSALS[detail] ?? (/CERT|TLS|SSL|SIGNATURE|ISSUER|CRL/.test(detail) ? 'tls_failed' : 'connect_failed')
  );
}

function nameLoss(detail: string): ConnectionFailure {
  return LOSSES[detail] ?? (/^HPE_/.test(detail) ? 'response_malformed' : 'connection_lost');
}

/** Several addresses tried give one AggregateError; its parts have the code. undici's parser gives a name only. */
function systemCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? systemCode(error.errors[0]) : error.name;
}
