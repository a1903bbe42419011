import type { Group } from '../command.ts';
import { check } from './secrets-check.ts';
import { rotate } from './secrets-rotate.ts';

/** `parley secrets` */
export const secrets: Group = {
  name: 'secrets',
  summary: 'Check and rotate what signs webhooks and the API key.',
  commands: [check, rotate],
};
