import { parleyLine } from '../../stage/suggest.ts';
import { showUrl } from '../../webhooks/show-url.ts';
import { type Check, problem, unseen } from '../check.ts';

export const doorSigned: Check = {
  id: 'door-signed',
  what: 'An event of an unknown type, signed as Twilio signs, is taken with 200 and ignored',
  why: 'That proves address, secret and function at once, and says nothing to anybody.',
  run: async ({ stage, door, signingKeys }) => {
    const [key] = await signingKeys();
    if (key === undefined) return [unseen('There is nothing to sign with.')];
    const { status } = await door.post(key);
    if (status === 200) return [];
    const fix = status === 403 ? parleyLine('secrets check', stage) : parleyLine('status', stage);
    return [problem(`${showUrl(door.url)} answered a signed webhook with ${status}: expected 200.`, fix)];
  },
};
