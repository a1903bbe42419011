import type { Group } from '../command.ts';
import { check } from './templates-check.ts';
import { pull } from './templates-pull.ts';
import { push } from './templates-push.ts';

/** `parley templates` */
export const templates: Group = {
  name: 'templates',
  summary: 'Check, create and fetch the Content templates that the rules name.',
  commands: [check, push, pull],
};
