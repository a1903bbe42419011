import * as z from 'zod/mini';
import type { Product } from '../../../lib/twilio/api-origin.ts';
import { type Check, type Finding, problem, warning } from '../check.ts';
import { isForbidden } from '../is-forbidden.ts';
import type { Look } from '../look.ts';

export const keyRights: Check = {
  id: 'key-rights',
  what: 'The API key may read what the bot reads; whether it may write is not tried',
  why: 'A restricted key has only the rights it was given: without one replies wait, or lost messages are never found.',
  run: async (look) => {
    const asked = await Promise.all(rightsOf(look).map((right) => ask(look, right)));
    const missing = asked.filter((right) => right !== undefined);
    // A key that may do nothing is another check's (api-key.ts).
    return missing.length === asked.length ? [] : missing.map(findingOf);
  },
};

interface Right {
  /** As Twilio's console names what a key may do. */
  readonly name: string;
  readonly product?: Product;
  readonly path: string;
  /** Whether the bot itself needs it, or only commands do. */
  readonly isNeeded: boolean;
}

/** Of a conversation that nobody has: who may ask is told that there is none. */
const NOBODYS = `CH${'0'.repeat(32)}`;

function rightsOf({ serviceSids }: Look): readonly Right[] {
  const service = `/v1/Services/${serviceSids[0]}`;
  const conversation = `${service}/Conversations/${NOBODYS}`;
  return [
    { name: 'list conversations', path: `${service}/Conversations?PageSize=1`, isNeeded: true },
    { name: 'fetch conversations', path: conversation, isNeeded: true },
    { name: 'list messages', path: `${conversation}/Messages?PageSize=1`, isNeeded: true },
    { name: 'list participants', path: `${conversation}/Participants?PageSize=1`, isNeeded: true },
    { name: 'read webhooks', path: `${service}/Configuration/Webhooks`, isNeeded: true },
    { name: 'read content', product: 'content', path: '/v1/Content?PageSize=1', isNeeded: false },
    { name: 'read alerts', product: 'monitor', path: '/v1/Alerts?PageSize=1', isNeeded: true },
  ];
}

async function ask({ stage }: Look, right: Right): Promise<Right | undefined> {
  const { product = 'conversations', path } = right;
  try {
    await stage.twilioProduct(product).request({ method: 'GET', path, expected: z.unknown() });
    return undefined;
  } catch (error) {
    return isForbidden(error) ? right : undefined;
  }
}

function findingOf({ name, isNeeded }: Right): Finding {
  const fix = 'https://www.twilio.com/docs/iam/api-keys/restricted-api-keys';
  const says = `The API key may not ${name}.`;
  return isNeeded ? problem(says, fix) : warning(says, fix);
}
