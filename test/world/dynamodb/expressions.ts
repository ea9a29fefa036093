import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { dynalite, type Item, type KeyConditions, type ParsedRequest } from '../dynalite-parts.ts';
import { validationError } from './errors.ts';

const FIELDS = ['_condition', '_updates', '_projection', '_filter', '_keyCondition'] as const;

/** What a text was parsed to, with marks where values come. */
interface Template {
  readonly parsed: ParsedRequest;
  readonly keyConditions?: KeyConditions;
  readonly marks: ReadonlyMap<AttributeValue, string>;
}

const templates = new Map<string, Template>();

/**
 * Parses the expressions of a request. A text is parsed once; the values of each request come into a copy of that.
 * @throws ValidationException
 */
export function parse<Request extends ParsedRequest>(
  request: Request,
): Request & { readonly keyConditions?: KeyConditions } {
  const values = checkedValues(request.ExpressionAttributeValues ?? {});
  const template = templateOf(request, values);
  if (template.marks.size === 0 && template.keyConditions === undefined)
    return { ...request, ...copyOf(template.parsed, () => undefined) };
  const valueOf = (mark: object) => {
    const name = template.marks.get(mark as AttributeValue);
    return name === undefined ? undefined : values[name];
  };
  return {
    ...request,
    ...copyOf(template.parsed, valueOf),
    ...(template.keyConditions && { keyConditions: copyOf(template.keyConditions, valueOf) }),
  };
}

/** Copies that nobody else changes, with numbers as DynamoDB writes them. @throws ValidationException */
export function checkedValues(values: Item): Item {
  const checked: Item = {};
  for (const [name, value] of Object.entries(values)) {
    checked[name] = value.B ? { B: Uint8Array.from(value.B) } : { ...value };
    const problem = dynalite.validations.validateAttributeValue(checked[name]);
    if (problem) throw validationError(problem);
  }
  return checked;
}

function templateOf(request: ParsedRequest, values: Item): Template {
  const { ConditionExpression, UpdateExpression, ProjectionExpression } = request;
  const { FilterExpression, KeyConditionExpression, ExpressionAttributeNames } = request;
  const texts = {
    ConditionExpression,
    UpdateExpression,
    ProjectionExpression,
    FilterExpression,
    KeyConditionExpression,
  };
  const types = Object.entries(values).map(([name, value]) => [name, Object.keys(value)[0]]);
  const key = JSON.stringify([texts, ExpressionAttributeNames, types]);
  const known = templates.get(key);
  if (known) return known;
  const marked = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { ...value }]));
  const parsed: ParsedRequest = {
    ...texts,
    ExpressionAttributeNames,
    ...(request.ExpressionAttributeValues && { ExpressionAttributeValues: marked }),
  };
  const problem = dynalite.validations.validateExpressions(parsed);
  if (problem) throw validationError(problem);
  const keyConditions =
    parsed._keyCondition && dynalite.validations.convertKeyCondition(parsed._keyCondition['expression']);
  if (typeof keyConditions === 'string') throw validationError(keyConditions);
  const template: Template = {
    parsed: Object.fromEntries(
      FIELDS.filter((field) => parsed[field]).map((field) => [field, parsed[field]]),
    ),
    ...(keyConditions && { keyConditions }),
    marks: new Map(Object.entries(marked).map(([name, mark]) => [mark, name])),
  };
  templates.set(key, template);
  return template;
}

/** A deep copy, with values where there were marks. */
function copyOf<T>(value: T, valueOf: (mark: object) => unknown): T {
  if (typeof value !== 'object' || value === null) return value;
  const given = valueOf(value);
  if (given !== undefined) return given as T;
  if (Array.isArray(value)) return value.map((one: unknown) => copyOf(one, valueOf)) as T;
  const copy: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) copy[name] = copyOf(one, valueOf);
  return copy as T;
}
