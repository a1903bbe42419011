import type { Group } from '../command.ts';
import { check } from './rules-check.ts';

/** `parley rules` */
export const rules: Group = { name: 'rules', summary: "Look after the bot's rules.", commands: [check] };
