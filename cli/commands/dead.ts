import type { Group } from '../command.ts';
import { drop } from './dead-drop.ts';
import { list } from './dead-list.ts';
import { redrive } from './dead-redrive.ts';
import { show } from './dead-show.ts';

/** `parley dead` */
export const dead: Group = {
  name: 'dead',
  summary: 'Look after the dead letters: messages that the queue has given up after a hundred deliveries.',
  commands: [list, show, redrive, drop],
};
