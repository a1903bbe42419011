import { parleyLine } from '../../stage/suggest.ts';
import { showUrl } from '../../webhooks/show-url.ts';
import { type Check, problem } from '../check.ts';

/** receive itself says 405; where API Gateway has only the route of POST, it says 404. */
const EXPECTED = [405, 404];

export const doorGet: Check = {
  id: 'door-get',
  what: 'A GET is not taken: 405, or 404 from API Gateway',
  why: 'An address that answers a GET is a page, a proxy or somebody else’s.',
  run: async ({ stage, door }) => {
    const { status } = await door.get();
    return EXPECTED.includes(status)
      ? []
      : [
          problem(
            `${showUrl(door.url)} answered a GET with ${status}: expected 405.`,
            parleyLine('webhooks show', stage),
          ),
        ];
  },
};
