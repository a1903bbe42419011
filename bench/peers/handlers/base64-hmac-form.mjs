import { ANSWERED, isSigned, paramsOf, REFUSED } from './parts/twilio.mjs';

/** What whoever takes a webhook cannot do without, and nothing else: nothing is sent. */
export async function handler(event) {
  return isSigned(event, paramsOf(event)) ? ANSWERED : REFUSED;
}
