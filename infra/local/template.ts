import * as z from 'zod';

/** A value of a template, intrinsic functions included until `resolveValue` has replaced them. */
type Json = z.infer<ReturnType<typeof z.json>>;

const ResourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.json()).default({}),
  Metadata: z.record(z.string(), z.json()).default({}),
});
const TemplateSchema = z.object({ Resources: z.record(z.string(), ResourceSchema) });

export interface Resource {
  readonly logicalId: string;
  /** Such as `AWS::SQS::Queue`. */
  readonly type: string;
  readonly properties: Readonly<Record<string, Json>>;
  readonly metadata: Readonly<Record<string, Json>>;
}

/** Resources by logical id. */
export type Template = ReadonlyMap<string, Resource>;

/** @throws Error that names what is no CloudFormation template about it. */
export function parseTemplate(template: unknown): Template {
  const parsed = TemplateSchema.safeParse(template);
  if (!parsed.success) throw new Error(`not a CloudFormation template:\n${z.prettifyError(parsed.error)}`);
  return new Map(
    Object.entries(parsed.data.Resources).map(([logicalId, { Type, Properties, Metadata }]) => [
      logicalId,
      { logicalId, type: Type, properties: Properties, metadata: Metadata },
    ]),
  );
}

/** What stands in for the resources of a template; undefined for what nobody knows. */
export interface References {
  /** Ref of a resource or of a pseudo parameter. */
  readonly ref: (name: string) => string | undefined;
  /** Fn::GetAtt. */
  readonly attribute: (logicalId: string, attribute: string) => string | undefined;
}

/**
 * Properties with every intrinsic function replaced by its value: Ref, Fn::GetAtt, Fn::Sub, Fn::Join, Fn::Select and
 * Fn::Split.
 * @throws Error that names resource, property and function for anything else, and for a reference to the unknown.
 */
export function resolveProperties(resource: Resource, references: References): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(resource.properties).map(([name, value]) => [
      name,
      resolveValue(value, `${resource.logicalId}.${name}`, references),
    ]),
  );
}

function resolveValue(value: Json, place: string, references: References): Json {
  if (Array.isArray(value)) return value.map((item, i) => resolveValue(item, `${place}[${i}]`, references));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name !== undefined && argument !== undefined && isIntrinsic(name)) {
    return evaluate(name, argument, place, references);
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, resolveValue(item, `${place}.${key}`, references)]),
  );
}

/** Numbers and booleans may stand where text is joined. */
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const isIntrinsic = (name: string): boolean => name === 'Ref' || name.startsWith('Fn::');

function evaluate(name: string, argument: Json, place: string, references: References): Json {
  /** Arguments may be calls themselves. */
  function read<T>(schema: z.ZodType<T>, value: Json = resolveValue(argument, place, references)): T {
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw new Error(`${place}: ${name} has arguments that are not understood`);
    return parsed.data;
  }
  function known(value: string | undefined, what: string): string {
    if (value === undefined)
      throw new Error(`${place}: ${name} of ${what}, which the embedded stack does not know`);
    return value;
  }
  const attribute = (id: string, name: string) => known(references.attribute(id, name), `${id}.${name}`);

  switch (name) {
    case 'Ref': {
      const target = read(z.string(), argument);
      return known(references.ref(target), target);
    }
    case 'Fn::GetAtt':
      return attribute(...read(z.tuple([z.string(), z.string()]), argument));
    case 'Fn::Join': {
      const [separator, parts] = read(z.tuple([z.string(), z.array(scalar)]));
      return parts.join(separator);
    }
    case 'Fn::Split': {
      const [separator, text] = read(z.tuple([z.string(), z.string()]));
      return text.split(separator);
    }
    case 'Fn::Select': {
      const [index, items] = read(z.tuple([z.coerce.number(), z.array(z.json())]));
      const item = items[index];
      if (item === undefined) throw new Error(`${place}: Fn::Select of item ${index} among ${items.length}`);
      return item;
    }
    case 'Fn::Sub': {
      const substitution = read(z.union([z.string(), z.tuple([z.string(), z.record(z.string(), scalar)])]));
      const [text, variables] = typeof substitution === 'string' ? [substitution, {}] : substitution;
      return text.replaceAll(/\$\{([^}]*)\}/g, (_, variable: string) => {
        if (variable.startsWith('!')) return `\${${variable.slice(1)}}`; // An escape.
        const [id = '', ...path] = variable.trim().split('.');
        if (path.length > 0) return attribute(id, path.join('.'));
        return variables[id] ?? known(references.ref(id), id);
      });
    }
    default:
      throw new Error(`${place}: ${name} is not understood by the embedded stack`);
  }
}
