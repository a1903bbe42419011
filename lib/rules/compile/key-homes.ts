import { ACTION_FORMS } from './actions/action-forms.ts';
import { BESIDE_ACTIONS } from './beside-actions.ts';
import { CONDITION_FORMS } from './conditions/condition-forms.ts';
import { fileSchema, ruleSchema } from './schema.ts';

/** The kinds of mapping that a key can stand in; an item is one of an `otherwise`. */
export type Place = 'file' | 'rule' | 'item' | 'when' | 'action';

const ACTION_KEYS = new Set([
  ...[...ACTION_FORMS].flatMap(([name, { options = {} }]) => [name, ...Object.keys(options)]),
  ...Object.keys(BESIDE_ACTIONS),
]);

/** Keys that stand in the mapping of another. */
const INSIDE: ReadonlyMap<string, string> = new Map([
  ['invite', 'the handover: write "handover: { invite: … }"'],
  ['back', 'the handover: write "handover: { back: … }"'],
  ['keep', 'the wait: write "wait: { for: 1d, keep: true }"'],
  ['for', 'what it is about: write "wait: { for: … }" or "handover: { for: … }"'],
]);

/** Named as in `{{ }}`. */
const VALUE = /^(?:language|author|text|now|participant|conversation|remembered|hours)(?:\.|$)/;

/** Where a key belongs that is right elsewhere in the file, and not `here`; undefined where it is right nowhere. */
export function keyHome(key: string, here: Place): string | undefined {
  const outer = INSIDE.get(key);
  if (outer !== undefined) return `"${key}" goes into ${outer}.`;
  const isCondition = Object.hasOwn(CONDITION_FORMS, key);
  const isAction = ACTION_KEYS.has(key);
  if (isCondition && isAction && here !== 'when' && here !== 'action') {
    return `"${key}" is a condition under "when", and an action under "then".${inRule(here)}`;
  }
  if (isCondition && here !== 'when') return `"${key}" is a condition: put it under "when".${inRule(here)}`;
  if (isAction && here !== 'action') return `"${key}" is an action: put it under "then".${inRule(here)}`;
  if (Object.hasOwn(ruleSchema.shape, key) && here !== 'rule') {
    if (here === 'item') return `"${key}" belongs to a rule. Leave it out: an item is known by its place.`;
    return here === 'file'
      ? `"${key}" belongs to a rule. Rules are a list under "rules", and each begins with "- id:".`
      : `"${key}" belongs to the rule itself: put it in line with "id".`;
  }
  if (Object.hasOwn(fileSchema.shape, key) && here !== 'file') {
    return `"${key}" belongs to the file: put it at the beginning of a line, below or above the rules.`;
  }
  return here === 'when' && VALUE.test(key)
    ? `"${key}" is a value: write "where: { ${key}: … }".`
    : undefined;
}

function inRule(here: Place): string {
  return here === 'file'
    ? ' Both stand in a rule: rules are a list under "rules", and each begins with "- id:".'
    : '';
}
