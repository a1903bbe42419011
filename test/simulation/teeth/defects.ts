import type { Defect } from './defect.ts';
import { DELIVERY_DEFECTS } from './delivery-defects.ts';
import { HANDLER_DEFECTS } from './handler-defects.ts';
import { INTAKE_DEFECTS } from './intake-defects.ts';
import { MEMORY_DEFECTS } from './memory-defects.ts';
import { OPERATOR_DEFECTS } from './operator-defects.ts';
import { RECONCILE_DEFECTS } from './reconcile-defects.ts';
import { SPOOL_DEFECTS } from './spool-defects.ts';
import { STATE_DEFECTS } from './state-defects.ts';
import { STEP_DEFECTS } from './step-defects.ts';

/** Of what comes after a webhook was taken in: at least half of them are for the simulation itself to notice. */
export const PROTOCOL_DEFECTS: readonly Defect[] = [
  ...SPOOL_DEFECTS,
  ...DELIVERY_DEFECTS,
  ...STATE_DEFECTS,
  ...STEP_DEFECTS,
  ...MEMORY_DEFECTS,
  ...HANDLER_DEFECTS,
  ...RECONCILE_DEFECTS,
  ...OPERATOR_DEFECTS,
];

export const DEFECTS: readonly Defect[] = [...INTAKE_DEFECTS, ...PROTOCOL_DEFECTS];
