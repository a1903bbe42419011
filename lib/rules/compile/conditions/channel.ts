import * as z from 'zod/mini';
import { CHANNELS, type Channel } from '../../../event/channels.ts';
import { listOf, say, show } from '../shapes.ts';
import { suggest } from '../suggest.ts';
import type { ConditionForm } from './condition-form.ts';

export const channel: ConditionForm<readonly Channel[], readonly Channel[]> = {
  about: 'How the customer writes; a list holds for any of its items.',
  shape: listOf(z.enum(CHANNELS, say(notAChannel))),
  compile: (channels) => channels,
  covers: (earlier, later = CHANNELS) => later.every((name) => earlier.includes(name)),
};

function notAChannel(input: unknown): string {
  return `${show(input)} is not a channel. Allowed: ${CHANNELS.join(', ')}.${suggest(String(input), CHANNELS)}`;
}
