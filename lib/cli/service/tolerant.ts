import * as z from 'zod';

/**
 * The schema of an answer as a client should read it: what is declared has to be there, of its type and, where there are
 * some, one of the words for it; other fields pass, and how numbers and texts look is not checked. So a service that says more
 * breaks no client.
 */
export function tolerant<Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>> {
  let loose = made.get(schema);
  if (!loose) made.set(schema, (loose = loosen(schema)));
  return loose as z.ZodType<z.output<Schema>>;
}

const made = new WeakMap<z.ZodType, z.ZodType>();

function loosen(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
    return z.looseObject(
      Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, tolerant(field)])),
    );
  }
  if (schema instanceof z.ZodArray) return z.array(tolerant(schema.element as z.ZodType));
  if (schema instanceof z.ZodExactOptional) return tolerant(schema.unwrap() as z.ZodType).exactOptional();
  if (schema instanceof z.ZodNullable) return tolerant(schema.unwrap() as z.ZodType).nullable();
  if (schema instanceof z.ZodUnion)
    return z.union(schema.options.map((option) => tolerant(option as z.ZodType)));
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return z.string();
  if (schema instanceof z.ZodNumber) return z.number();
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) return schema;
  if (schema instanceof z.ZodBoolean || schema instanceof z.ZodRecord) return schema;
  throw new TypeError(`an answer has a schema of the kind ${schema.def.type}`);
}
