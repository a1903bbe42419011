/**
 * Why a message did not arrive, in words: what somebody who runs a bot is likely to meet of Twilio's dictionary.
 * https://www.twilio.com/docs/api/errors
 */
const REASONS: Readonly<Record<number, string>> = {
  21610: 'The customer has written STOP.',
  21617: 'The text is longer than 1,600 characters.',
  30003: 'The phone is off or out of reach.',
  30004: 'The carrier or the customer blocks the number.',
  30005: 'The number does not exist any more.',
  30006: 'The number is a landline, or its carrier cannot be reached.',
  30007: 'The carrier took the message for spam.',
  30008: 'The carrier does not say why.',
  63005: 'WhatsApp does not take this content.',
  63013: 'WhatsApp does not take this content.',
  63016: 'More than 24 hours after the customer wrote, WhatsApp takes only approved templates.',
  63018: 'Too many messages a second for the sender.',
  63019: 'The file could not be fetched.',
  63021: 'The channel does not take this kind of message.',
  63027: 'The template does not exist in this language, or its variables do not fit.',
  63033: 'The customer wants no marketing from this business.',
  63034: 'The file is larger than WhatsApp takes.',
  63038: 'The account has sent as many messages as it may in a day.',
};

/** @param code of a receipt; 0 where it has none */
export function explainDeliveryError(code: number): string {
  if (code === 0) return 'Twilio does not say why.';
  return REASONS[code] ?? `Error ${code}: https://www.twilio.com/docs/api/errors/${code}`;
}

/** What a receipt says of one recipient. https://www.twilio.com/docs/conversations/api/receipt-resource */
export interface ReceiptStatus {
  /** `sent`, `delivered`, `read`, `failed` or `undelivered`. */
  readonly status: string;
  /** 0 where there is none. */
  readonly errorCode: number;
}

/** Whether the message will not arrive there. */
export function hasFailed({ status }: { readonly status: string | null }): boolean {
  return status === 'failed' || status === 'undelivered';
}

/** `read`, or `failed 63016` */
export function nameReceipt({ status, errorCode }: ReceiptStatus): string {
  return errorCode === 0 ? status : `${status} ${errorCode}`;
}

/** `read`, or `failed 63016: More than 24 hours after …` */
export function describeReceipt(receipt: ReceiptStatus): string {
  const why = hasFailed(receipt) ? `: ${explainDeliveryError(receipt.errorCode)}` : '';
  return `${nameReceipt(receipt)}${why}`;
}
