import { API_RULES } from './api-rules.ts';
import { FUNCTION_RULES } from './function-rules.ts';
import { QUEUE_RULES } from './queue-rules.ts';
import { ROLE_RULES } from './role-rules.ts';
import type { StackRule } from './stack-rule.ts';
import { STORAGE_RULES } from './storage-rules.ts';

/** All but those of the alarms (test/alarms/alarm-rules.ts). */
export const STACK_RULES: readonly StackRule[] = [
  ...FUNCTION_RULES,
  ...API_RULES,
  ...QUEUE_RULES,
  ...STORAGE_RULES,
  ...ROLE_RULES,
];
