import { durationFrom } from '../duration.ts';
import type { ConditionForm } from './condition-form.ts';

const MINUTE = 60_000;

export const once: ConditionForm<number, number> = {
  about: 'This has said nothing here for so long: 1m to 30d.',
  shape: durationFrom(MINUTE, ''),
  compile: (ms) => ms,
};
