import * as z from 'zod/mini';
import { ACTION_FORMS } from '../lib/rules/compile/actions/action-forms.ts';
import { BESIDE_ACTIONS } from '../lib/rules/compile/beside-actions.ts';
import { optOutSchema } from '../lib/rules/compile/compile-opt-out.ts';
import { itemSchema } from '../lib/rules/compile/compile-otherwise.ts';
import { CONDITION_FORMS } from '../lib/rules/compile/conditions/condition-forms.ts';
import { fileSchema, ruleSchema, templateSchema } from '../lib/rules/compile/schema.ts';
import { EDITOR, LISTS, TRUE_OR } from '../lib/rules/compile/shapes.ts';

/** A JSON Schema, draft 7: what the YAML extensions of editors know. https://json-schema.org/draft-07 */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Where `npm run docs` writes it. */
export const RULES_SCHEMA = 'bot/rules.schema.json';

/**
 * What editors complete and explain a rules file from. It is made of the shapes by which the check reads the file, so
 * it refuses no file that the check takes; the check sees far more.
 */
export function rulesSchema(): JsonSchema {
  const actions = { anyOf: [ref('action'), { type: 'array', items: ref('action'), minItems: 1 }] };
  const one = { anyOf: [ref('action'), ref('item')] };
  const otherwise = { anyOf: [ref('action'), { type: 'array', items: one, minItems: 1 }] };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'The rules of a bot: what `npx parley rules check` reads. Written by `npm run docs`.',
    ...withKeys(fileSchema, {
      opt_out: shapeOf(optOutSchema),
      templates: { type: 'object', additionalProperties: ref('template') },
      rules: { items: ref('rule') },
      otherwise,
    }),
    definitions: {
      // biome-ignore lint/suspicious/noThenProperty: the file's own word; nothing ever awaits a schema
      rule: withKeys(ruleSchema, { when: ref('when'), then: actions, otherwise }),
      // biome-ignore lint/suspicious/noThenProperty: the file's own word; nothing ever awaits a schema
      item: withKeys(itemSchema, { when: ref('when'), then: actions }),
      when: mapping(Object.entries(CONDITION_FORMS).map(([name, form]) => [name, form.shape, form.about])),
      action: {
        ...mapping([
          ...actionKeys(),
          ...Object.entries(BESIDE_ACTIONS).map(([name, shape]) => [name, shape, ''] as const),
        ]),
        anyOf: [...ACTION_FORMS.keys()].map((name) => ({ required: [name] })),
      },
      template: shapeOf(templateSchema),
    },
  };
}

/** The text of that file. */
export function printSchema(): string {
  return `${JSON.stringify(rulesSchema(), undefined, 2)}\n`;
}

type Key = readonly [name: string, shape: z.ZodMiniType, about: string];

/** An option that is the name of an action too has that action's sentence. */
function* actionKeys(): Generator<Key> {
  for (const [, { options = {} }] of ACTION_FORMS) {
    for (const [option, { shape, about }] of Object.entries(options)) yield [option, shape, about];
  }
  for (const [name, { value, about }] of ACTION_FORMS) yield [name, value, about];
}

function mapping(keys: readonly Key[]): JsonSchema {
  const properties = keys.map(([name, shape, description]) => [name, { description, ...shapeOf(shape) }]);
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}

/** A mapping some of whose values are checked on their own. */
function withKeys(schema: z.ZodMiniType, values: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const { properties = {}, ...whole } = shapeOf(schema) as {
    readonly properties?: Record<string, JsonSchema>;
  };
  const complete = Object.entries(properties).map(([key, known]) => [key, join(known, values[key] ?? {})]);
  return { ...whole, properties: Object.fromEntries(complete) };
}

/** Draft 7 reads nothing beside a $ref. */
function join(known: JsonSchema, { $ref, ...value }: JsonSchema): JsonSchema {
  return $ref === undefined ? { ...known, ...value } : { ...known, allOf: [{ $ref }] };
}

function ref(name: string): JsonSchema {
  return { $ref: `#/definitions/${name}` };
}

/** What cannot be said in JSON Schema is left open. */
function shapeOf(shape: z.ZodMiniType): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    metadata: EDITOR,
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      if (LISTS.has(zodSchema)) allowOne(jsonSchema);
      else if (TRUE_OR.has(zodSchema)) allowTrue(jsonSchema);
      else if (def.type === 'pipe' && def.in._zod.def.type === 'transform') leaveOpen(zodSchema, jsonSchema);
      if (def.type === 'string' && ignoresCase(def.checks)) delete jsonSchema.pattern;
    },
  }) as Readonly<Record<string, unknown>>;
  return schema;
}

/** One item needs no list (shapes.ts). */
function allowOne(schema: z.core.JSONSchema.BaseSchema): void {
  const { items, minItems, maxItems, type } = schema;
  for (const key of ['items', 'minItems', 'maxItems', 'type'] as const) delete schema[key];
  const most = Number.isFinite(maxItems) ? { maxItems } : {};
  Object.assign(schema, { anyOf: [items, { type, items, minItems, ...most }] });
}

/** `true` for a mapping of which nothing is given (shapes.ts). */
function allowTrue(schema: z.core.JSONSchema.BaseSchema): void {
  const written = { ...schema };
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, { anyOf: [{ const: true }, written] });
}

/** What may be written is made into something else before it is checked: the check is not about what is written. */
function leaveOpen(shape: z.core.$ZodType, schema: z.core.JSONSchema.BaseSchema): void {
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, EDITOR.get(shape));
}

/** JSON Schema has no flags. */
function ignoresCase(checks: readonly z.core.$ZodCheck[] = []): boolean {
  return checks.some(({ _zod: { def } }) => {
    return 'pattern' in def && def.pattern instanceof RegExp && def.pattern.flags.includes('i');
  });
}
