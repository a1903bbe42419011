import { durationFrom } from '../duration.ts';
import type { ConditionForm } from './condition-form.ts';

const MINUTE = 60_000;

export const once: ConditionForm<number, number> = {
  shape: durationFrom(MINUTE, ''),
  compile: (ms) => ms,
};
