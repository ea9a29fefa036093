import * as z from 'zod';

/** What is wrong with an input. */
export interface Mistake {
  /** The path of what is wrong, such as `documents[3].id`; empty for the whole. */
  readonly field: string;
  /** A sentence that names the field, what is expected and what came. */
  readonly sentence: string;
}

/** What the parts of an input are called, and its whole. */
interface Names {
  readonly part: 'field' | 'parameter';
  readonly whole: string;
}

export type ReadInput<T> =
  | { readonly value: T }
  /** The first one, and the others, twenty in all at most. */
  | { readonly mistake: Mistake; readonly others: readonly Mistake[] };

const MOST_MISTAKES = 20;

/** Reads an input by a schema, for the API and for files of the command line alike. */
export function readBySchema<T>(schema: z.ZodType<T>, input: unknown, { part, whole }: Names): ReadInput<T> {
  const parsed = schema.safeParse(input, { error: predicateOf });
  if (parsed.success) return { value: parsed.data };
  const mistakes = parsed.error.issues.flatMap((issue): Mistake[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => {
        const field = pathText([...issue.path, key]);
        return { field, sentence: `there is no ${part} ${field}` };
      });
    const field = pathText(issue.path);
    return [{ field, sentence: `${field || whole} ${issue.message}` }];
  });
  const [mistake, ...others] = mistakes.slice(0, MOST_MISTAKES);
  return { mistake: mistake!, others };
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name === '' ? String(part) : `${name}.${String(part)}`;
  }, '');

/** What is said of a field; messages that schemas give themselves are such predicates too, and come before these. */
function predicateOf(issue: z.core.$ZodRawIssue): string {
  const { input } = issue;
  if (input === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeText(issue.expected, issue.schema)}, not ${shown(input)}`;
    case 'invalid_value':
      return `must be ${choice(issue.values.map(String))}, not ${shown(input)}`;
    case 'too_small':
    case 'too_big':
      return outOfBounds(issue, input);
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? 'written otherwise'}, not ${shown(input)}`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return 'cannot be read'; // no request is read by what says this, and custom rules have words of their own
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
};

const FORMATS: Readonly<Record<string, string>> = {
  date: 'a day such as 2026-11-30',
  url: 'an address such as https://example.com/images',
};

function typeText(expected: string, schema: z.core.$ZodType | undefined): string {
  if (schema instanceof z.ZodArray)
    return schema.element instanceof z.ZodObject ? 'a list of objects' : 'a list of texts';
  if (schema instanceof z.ZodNumber && schema.format === 'safeint') return TYPES['int']!;
  return TYPES[expected] ?? 'something else';
}

type OutOfBounds = Extract<z.core.$ZodRawIssue, { readonly code: 'too_small' | 'too_big' }>;

function outOfBounds(issue: OutOfBounds, input: unknown): string {
  if (typeof input === 'number') return `must be ${rangeText(issue)}, not ${input}`;
  const [length, what] =
    typeof input === 'string'
      ? [input.length, 'characters']
      : [(input as readonly unknown[]).length, 'entries'];
  if (issue.code === 'too_big') return `has ${length} ${what}; at most ${issue.maximum} are taken`;
  return length === 0 ? 'must not be empty' : `has ${length} ${what}; at least ${issue.minimum} are needed`;
}

/** Both bounds where the schema has both. */
function rangeText(issue: OutOfBounds): string {
  const { minValue, maxValue } = issue.schema instanceof z.ZodNumber ? issue.schema : {};
  if (isBound(minValue) && isBound(maxValue)) return `${minValue} to ${maxValue}`;
  return issue.code === 'too_big' ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
}

const isBound = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;

const choice = (values: readonly string[]): string =>
  values.length === 1 ? values[0]! : `${values.slice(0, -1).join(', ')} or ${values.at(-1)!}`;

const SHOWN_CHARS = 40;

/** What came, in few words. */
export function shown(input: unknown): string {
  if (typeof input === 'string')
    return JSON.stringify(input.length > SHOWN_CHARS ? `${input.slice(0, SHOWN_CHARS)}…` : input);
  if (Array.isArray(input)) return 'a list';
  return typeof input === 'object' && input !== null ? 'an object' : String(input);
}
