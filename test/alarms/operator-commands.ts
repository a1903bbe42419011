/** What an alarm may tell an operator to run, after `npx parley`. */
export const OPERATOR_COMMANDS = [
  'doctor',
  'status',
  'webhooks show',
  'secrets check',
  'prove',
  'dead list',
] as const;
