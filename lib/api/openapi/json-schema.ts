import * as z from 'zod';

/** Schemas that have a name of their own, by that name: `components.schemas`. */
export type NamedSchemas = Record<string, object>;

interface Shape {
  [keyword: string]: unknown;
}

const isShape = (value: unknown): value is Shape => typeof value === 'object' && value !== null;

/**
 * A zod schema as JSON Schema 2020-12, which is what OpenAPI 3.1 takes, in a form that generators of clients read well: whole
 * numbers are int64 and others double, a value that may be null has two types, and answers may have fields that are not
 * described, so that a new one breaks no client. What has an id goes to `named`, and a reference stands for it.
 * @throws Error when two schemas have one name.
 */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output', named: NamedSchemas): Shape {
  // Inside another, since only what is referred to becomes a definition.
  const made = z.toJSONSchema(z.array(schema), { io, unrepresentable: 'any', override: describe });
  const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $defs = {}, items } = JSON.parse(text) as { $defs?: Record<string, Shape>; items: Shape };
  for (const [name, { id: _id, ...shape }] of Object.entries($defs)) {
    const tidied = tidy(shape, io);
    if (name in named && JSON.stringify(named[name]) !== JSON.stringify(tidied))
      throw new Error(`two schemas have the name ${name}`);
    named[name] = tidied;
  }
  return tidy(items, io);
}

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;

/** What a schema says of itself in its metadata, and which of its alternatives has which value of the discriminator. */
const describe: Override = ({ zodSchema, jsonSchema }) => {
  const known = z.globalRegistry.get(zodSchema) as { readonly openapi?: Shape } | undefined;
  if (known?.openapi) {
    const { description } = jsonSchema;
    for (const keyword of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, keyword);
    Object.assign(jsonSchema, known.openapi, description !== undefined && { description });
  }
  if (zodSchema instanceof z.ZodDiscriminatedUnion) jsonSchema['discriminator'] = discriminatorOf(zodSchema);
};

function discriminatorOf({ def: { discriminator, options } }: z.ZodDiscriminatedUnion) {
  const entries = options.flatMap((option) => {
    const field: unknown = (option as z.ZodObject).shape[discriminator];
    const values = field instanceof z.ZodLiteral ? field.values : (field as z.ZodEnum).options;
    const { id } = z.globalRegistry.get(option as z.ZodType) as { readonly id: string };
    return Array.from(values, (value) => [String(value), `#/components/schemas/${id}`]);
  });
  return { propertyName: discriminator, mapping: Object.fromEntries(entries) as Record<string, string> };
}

function tidy(value: Shape, io: 'input' | 'output'): Shape {
  const shape: Shape = {};
  for (const [keyword, inner] of Object.entries(value)) {
    if (Array.isArray(inner))
      shape[keyword] = inner.map((item: unknown) => (isShape(item) ? tidy(item, io) : item));
    else shape[keyword] = isShape(inner) ? tidy(inner, io) : inner;
  }
  if (shape['type'] === 'integer') {
    shape['format'] = 'int64';
    for (const bound of ['minimum', 'maximum'])
      if (io === 'output' && Math.abs(shape[bound] as number) === Number.MAX_SAFE_INTEGER)
        Reflect.deleteProperty(shape, bound);
  }
  if (shape['type'] === 'number') shape['format'] = 'double';
  if (shape['type'] === 'object') {
    Reflect.deleteProperty(shape, 'propertyNames');
    if (io === 'output' && shape['additionalProperties'] === false)
      Reflect.deleteProperty(shape, 'additionalProperties');
  }
  return withNull(shape);
}

/** `anyOf: [{type}, {type: null}]` as one schema of two types. */
function withNull({ anyOf, ...rest }: Shape): Shape {
  if (!Array.isArray(anyOf)) return anyOf === undefined ? rest : { anyOf, ...rest };
  const [one, other] = anyOf as Shape[];
  const isNullable = anyOf.length === 2 && other!['type'] === 'null' && typeof one!['type'] === 'string';
  return isNullable ? { ...one, type: [one!['type'], 'null'], ...rest } : { anyOf, ...rest };
}
