/** Why a message did not arrive, in words; the codes of Twilio's dictionary that the local service gives. */
const REASONS: Readonly<Record<number, string>> = {
  21610: 'The customer has written STOP.',
  21617: 'The text is longer than 1,600 characters.',
  30008: 'The carrier does not say why.',
  63013: 'WhatsApp does not take this content.',
  63016: 'More than 24 hours after the customer wrote, WhatsApp takes only approved templates.',
  63034: 'The file is larger than WhatsApp takes.',
};

export function explainDeliveryError(code: number): string {
  return REASONS[code] ?? `Error ${code}: https://www.twilio.com/docs/api/errors/${code}`;
}
