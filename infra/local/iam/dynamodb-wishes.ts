import * as z from 'zod';
import { ACCOUNT_ID, REGION } from '../physical-names.ts';
import type { Wish } from './access.ts';

const Key = z.looseObject({ pk: z.looseObject({ S: z.string() }) });
const Write = z.looseObject({ TableName: z.string(), Key: Key.optional(), Item: Key.optional() });
const Body = z.looseObject({
  TableName: z.string().optional(),
  Key: Key.optional(),
  Item: Key.optional(),
  KeyConditionExpression: z.string().optional(),
  Select: z.string().optional(),
  ProjectionExpression: z.string().optional(),
  FilterExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
  ExpressionAttributeValues: z.record(z.string(), z.looseObject({ S: z.string().optional() })).optional(),
  RequestItems: z
    .record(
      z.string(),
      z.union([
        z.looseObject({ Keys: z.array(Key) }),
        z.array(
          z.looseObject({
            PutRequest: z.looseObject({ Item: Key }).optional(),
            DeleteRequest: z.looseObject({ Key }).optional(),
          }),
        ),
      ]),
    )
    .optional(),
  TransactItems: z
    .array(z.partialRecord(z.enum(['Put', 'Update', 'Delete', 'ConditionCheck']), Write))
    .optional(),
});

/**
 * What a request to DynamoDB wishes for, one wish a table, with the partition keys that it names
 * (`dynamodb:LeadingKeys`). A query by another condition than `pk = :value` names none, as a scan does. A transaction
 * wishes for each of its writes by itself ("Using IAM with DynamoDB transactions").
 */
export function dynamoDbWishes(action: string, request: unknown): readonly Wish[] {
  const body = Body.parse(request);
  if (body.TransactItems)
    return body.TransactItems.flatMap((item) =>
      Object.entries(item).flatMap(([kind, write]) => dynamoDbWishes(`${kind}Item`, write)),
    );
  const tables = body.RequestItems
    ? Object.entries(body.RequestItems).map(([table, items]) => [table, batchKeys(items)] as const)
    : [[body.TableName ?? '', keysOf(body)] as const];
  return tables.map(([table, keys]) => ({
    action: `dynamodb:${action}`,
    resource: `arn:aws:dynamodb:${REGION}:${ACCOUNT_ID}:table/${table}`,
    context: {
      ...(keys.length > 0 && { 'dynamodb:LeadingKeys': keys }),
      ...(body.Select !== undefined && { 'dynamodb:Select': [body.Select] }),
      ...(body.ProjectionExpression !== undefined && { 'dynamodb:Attributes': attributesOf(body) }),
    },
  }));
}

/** The attributes that a read names, in what it wants back and in its filter. */
function attributesOf({
  ProjectionExpression = '',
  FilterExpression = '',
  ExpressionAttributeNames = {},
}: z.infer<typeof Body>): string[] {
  const projected = ProjectionExpression.split(',').map((name) => name.trim());
  const words = FilterExpression.match(/(?<![:\w])#?[a-zA-Z_]\w*(?!\w|\s*\()/g) ?? [];
  const filtered = words.filter((word) => !/^(?:AND|OR|NOT|IN|BETWEEN)$/i.test(word));
  return [...new Set([...projected, ...filtered].map((name) => ExpressionAttributeNames[name] ?? name))];
}

function keysOf({ Key, Item, KeyConditionExpression, ExpressionAttributeValues }: z.infer<typeof Body>) {
  const key = Key ?? Item;
  if (key) return [key.pk.S];
  const [, value = ''] = /^\s*pk\s*=\s*(:\w+)\b/.exec(KeyConditionExpression ?? '') ?? [];
  const named = ExpressionAttributeValues?.[value]?.S;
  return named === undefined ? [] : [named];
}

function batchKeys(items: NonNullable<z.infer<typeof Body>['RequestItems']>[string]): string[] {
  const keys = Array.isArray(items)
    ? items.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest!.Key)
    : items.Keys;
  return keys.map(({ pk }) => pk.S);
}
