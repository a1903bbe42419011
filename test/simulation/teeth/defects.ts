import type { Defect } from './defect.ts';
import { DELIVERY_DEFECTS } from './delivery-defects.ts';
import { INTAKE_DEFECTS } from './intake-defects.ts';

export const DEFECTS: readonly Defect[] = [...INTAKE_DEFECTS, ...DELIVERY_DEFECTS];
