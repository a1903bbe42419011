import { BotError } from '../errors.ts';

const SAYS = {
  url_invalid: 'This is not a URL that can be asked. Write an absolute one: https://shop.example/orders/1',
  url_refused: 'This machine itself, and what is only linked to it, is not asked. Name another host.',
  method_invalid: 'This is not a method that can be sent. Expected GET, POST, PUT, PATCH or DELETE.',
  body_invalid:
    'The body is neither text nor plain data. Give text, such as String(new URLSearchParams({ … })), or what JSON can say.',
  headers_invalid:
    'A header cannot be sent. Names are letters, digits and hyphens, values ASCII without line breaks; host, connection and what says how long the body is are not yours to set.',
  redirected:
    'The service sends this request elsewhere, which is not followed. Ask the address it is at now.',
  not_json: 'The service answered something that is not JSON. Use "request" for other answers.',
  over: 'The time of this handler is over, or it has returned. Await everything that it asks.',
} as const;

/** A request of a handler's that was not made, or an answer that is of no use. Says nothing of what was asked. */
export class OutsideError extends BotError {
  override readonly name = 'OutsideError' as const;
  readonly code: keyof typeof SAYS | `http_${number}`;
  /** Of an answer. */
  readonly status: number | undefined;

  constructor(what: keyof typeof SAYS | number) {
    super(typeof what === 'number' ? `The service answered with HTTP ${what}.` : SAYS[what]);
    this.code = typeof what === 'number' ? `http_${what}` : what;
    this.status = typeof what === 'number' ? what : undefined;
  }
}
