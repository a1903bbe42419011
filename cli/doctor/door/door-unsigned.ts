import { parleyLine } from '../../stage/suggest.ts';
import { showUrl } from '../../webhooks/show-url.ts';
import { type Check, problem } from '../check.ts';

export const doorUnsigned: Check = {
  id: 'door-unsigned',
  what: 'A webhook without a signature is refused with 403',
  why: 'Otherwise anybody could put words into customers’ mouths; or it is not parley that listens there.',
  run: async ({ stage, door }) => {
    const { status } = await door.post();
    return status === 403
      ? []
      : [
          problem(
            `${showUrl(door.url)} answered an unsigned webhook with ${status}: expected 403.`,
            parleyLine('status', stage),
          ),
        ];
  },
};
