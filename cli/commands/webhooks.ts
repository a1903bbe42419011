import type { Group } from '../command.ts';
import { set } from './webhooks-set.ts';
import { show } from './webhooks-show.ts';
import { unset } from './webhooks-unset.ts';

/** `parley webhooks` */
export const webhooks: Group = {
  name: 'webhooks',
  summary: 'Show and set where Twilio sends webhooks.',
  commands: [show, set, unset],
};
