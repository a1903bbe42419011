import { parleyLine } from '../../stage/suggest.ts';
import { type Check, warning } from '../check.ts';

export const deadLetters: Check = {
  id: 'dead-letters',
  what: 'There are no dead letters',
  why: 'Each is something that nobody answered, and after two weeks it is gone.',
  run: async ({ stage }) => {
    const count = await stage.deadLetters.count();
    return count === 0 ? [] : [warning(`Dead letters: ${count}.`, parleyLine('dead list', stage))];
  },
};
