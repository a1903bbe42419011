type Json = Readonly<Record<string, unknown>>;

const METHODS = ['get', 'post', 'put', 'delete'];

/**
 * Of one of Twilio's OpenAPI files, what says which requests there are and what answers look like. Prose goes (it is
 * half the file and changes most often), and so do the headers of answers, which are the same everywhere.
 *
 * @param source stands in the result as `info.x-cut-from`, as `@twilio-alpha/mcp 0.7.0`
 */
export function cutOpenApi(file: Json, source: string): Json {
  const { openapi, info, servers, paths, components } = file;
  return {
    openapi,
    info: { ...(info as Json), 'x-cut-from': source },
    servers,
    paths: mapValues(paths, (path) => mapValues(pick(path, METHODS), cutOperation)),
    components: { schemas: mapValues((components as Json)['schemas'], cutSchema) },
  };
}

function cutOperation(operation: Json): Json {
  const { operationId, parameters, requestBody, responses } = operation;
  const body = requestBody as Json | undefined;
  return {
    operationId,
    ...(parameters === undefined ? {} : { parameters: (parameters as readonly Json[]).map(cutParameter) }),
    ...(body === undefined ? {} : { requestBody: cutContent(body) }),
    responses: mapValues(responses, cutContent),
  };
}

function cutParameter(parameter: Json): Json {
  const { schema } = parameter;
  return {
    ...withoutProse(parameter),
    ...(schema === undefined ? {} : { schema: cutSchema(schema as Json) }),
  };
}

/** Of a request or of an answer: `content` by media type, with its schema and examples. An answer may have none. */
function cutContent({ content, required }: Json): Json {
  const types = mapValues(content, (type) => ({ ...type, schema: cutSchema(type['schema'] as Json) }));
  return {
    ...(required === undefined ? {} : { required }),
    ...(content === undefined ? {} : { content: types }),
  };
}

/** Names of properties are data: one called `description` stays. */
function cutSchema(schema: Json): Json {
  const { properties, items } = schema;
  const choices = ['allOf', 'anyOf', 'oneOf'].filter((keyword) => keyword in schema);
  return {
    ...withoutProse(schema),
    ...(properties === undefined ? {} : { properties: mapValues(properties, cutSchema) }),
    ...(items === undefined ? {} : { items: cutSchema(items as Json) }),
    ...Object.fromEntries(
      choices.map((keyword) => [keyword, (schema[keyword] as readonly Json[]).map(cutSchema)]),
    ),
  };
}

function withoutProse(value: Json): Json {
  const kept = Object.entries(value).filter(([key]) => key !== 'description' && !key.startsWith('x-'));
  return Object.fromEntries(kept);
}

function pick(value: Json, keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)));
}

function mapValues(value: unknown, change: (value: Json) => Json): Json {
  return Object.fromEntries(
    Object.entries((value ?? {}) as Json).map(([key, inner]) => [key, change(inner as Json)]),
  );
}

/** One line a path and one a schema: short, and still a diff that can be read when Twilio's file has changed. */
export function formatOpenApi({ paths, components, ...rest }: Json): string {
  const head = lines(rest).join(',\n');
  const schemas = lines((components as Json)['schemas'] as Json).join(',\n');
  return `{\n${head},\n"paths": {\n${lines(paths as Json).join(',\n')}\n},\n"components": {"schemas": {\n${schemas}\n}}\n}\n`;
}

function lines(value: Json): readonly string[] {
  return Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${JSON.stringify(inner)}`);
}
