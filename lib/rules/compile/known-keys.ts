import { ACTION_FORMS } from './actions/action-forms.ts';
import { BESIDE_ACTIONS } from './beside-actions.ts';
import { CONDITION_FORMS } from './conditions/condition-forms.ts';
import { fileSchema, ruleSchema, templateSchema } from './schema.ts';

/** Every key that the language has anywhere. */
export const KNOWN_KEYS: ReadonlySet<string> = new Set([
  ...Object.keys(fileSchema.shape),
  ...Object.keys(ruleSchema.shape),
  ...Object.keys(templateSchema.shape),
  ...Object.keys(CONDITION_FORMS),
  ...Object.keys(BESIDE_ACTIONS),
  ...['keep', 'for', 'back', 'invite', 'except'],
  ...[...ACTION_FORMS].flatMap(([name, { options = {} }]) => [name, ...Object.keys(options)]),
]);
