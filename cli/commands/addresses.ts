import type { Group } from '../command.ts';
import { check } from './addresses-check.ts';
import { set } from './addresses-set.ts';

/** `parley addresses` */
export const addresses: Group = {
  name: 'addresses',
  summary: 'Check and set which service the messages to your numbers and senders go to.',
  commands: [check, set],
};
