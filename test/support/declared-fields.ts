import { z } from 'zod';

/**
 * Fields that a schema declares, and fields of a value as the schema names them: `Hit.views`, `Box.left`. A schema with an id
 * begins a name of its own; without one a field is named after where it is (`WebhookTest.reason`). An alternative of a union
 * is a field of its own (`Upload|RefusedUpload`).
 */

interface Place {
  readonly schema: z.ZodType;
  readonly name: string;
}

/** Every field, however deep. @throws Error for an object that lets undeclared fields through. */
export function declaredFields(schema: z.ZodType, name: string): Set<string> {
  const fields = new Set<string>();
  const visit = (place: Place): void => {
    for (const inner of insideOf(place)) {
      if (inner.field !== undefined) {
        if (fields.has(inner.field)) continue;
        fields.add(inner.field);
      }
      visit(inner);
    }
  };
  visit(named({ schema, name }));
  return fields;
}

/** Those that a value has. The value has been parsed by the schema. */
export function fieldsOf(schema: z.ZodType, value: unknown, name: string): Set<string> {
  const fields = new Set<string>();
  const visit = (place: Place, here: unknown): void => {
    if (here === null || here === undefined) return;
    for (const { field, key, matches, ...inner } of insideOf(place)) {
      if (key === '[]') {
        for (const element of here as readonly unknown[]) visit(inner, element);
      } else if (key !== undefined) {
        const value = (here as Readonly<Record<string, unknown>>)[key];
        if (value === undefined) continue;
        fields.add(field!);
        visit(inner, value);
      } else if (!matches || matches(here)) {
        if (field !== undefined) fields.add(field);
        visit(inner, here);
      }
    }
  };
  visit(named({ schema, name }), value);
  return fields;
}

interface Inside extends Place {
  readonly field?: string;
  /** A property, or `[]` for every element. */
  readonly key?: string;
  readonly matches?: (value: unknown) => boolean;
}

const idOf = (schema: z.ZodType): string | undefined =>
  (z.globalRegistry.get(schema) as { readonly id?: string } | undefined)?.id;

const named = ({ schema, name }: Place): Place => ({ schema, name: idOf(schema) ?? name });

function insideOf({ schema, name }: Place): Inside[] {
  if (schema instanceof z.ZodObject) {
    if (!(schema.def.catchall instanceof z.ZodNever))
      throw new Error(`${name} lets undeclared fields through`);
    const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
    return Object.entries(shape).map(([key, inner]) => {
      const field = `${name}.${key}`;
      return { ...named({ schema: inner, name: field }), field, key };
    });
  }
  if (schema instanceof z.ZodArray)
    return [{ ...named({ schema: schema.element as z.ZodType, name: `${name}[]` }), key: '[]' }];
  if (schema instanceof z.ZodExactOptional || schema instanceof z.ZodNullable)
    return [named({ schema: schema.unwrap() as z.ZodType, name })];
  if (schema instanceof z.ZodUnion) {
    return (schema.options as readonly z.ZodType[]).map((option, i) => {
      const inner = named({ schema: option, name: `${name}|${i}` });
      const matches = (value: unknown) => option.safeParse(value).success;
      return { ...inner, field: `${name}|${inner.name}`, matches };
    });
  }
  if (schema instanceof z.ZodRecord || schema instanceof z.ZodString || schema instanceof z.ZodStringFormat)
    return [];
  if (schema instanceof z.ZodNumber || schema instanceof z.ZodBoolean) return [];
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) return [];
  throw new Error(`${name} is of a kind that is not known here: ${schema.def.type}`);
}
