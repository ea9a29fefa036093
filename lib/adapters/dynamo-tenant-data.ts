import { DeleteItemCommand, ScanCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TenantId } from '../domain/ids.ts';
import type { TenantData } from '../ports/tenant-data.ts';
import { batchWrite, keyOf, type Item, type PrimaryKey } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { entranceOfTenant, KEYS_PREFIX, tenantPrefix } from './partitions.ts';

/**
 * What a table holds of a tenant: every item whose pk begins with its name and a slash, and what authenticates its keys,
 * which no listing may name any more. Only keys of items are read.
 * @param scanner may scan the whole table, but read only keys, and delete what authenticates
 * @param removerFor may delete items of this tenant only
 */
export function dynamoTenantData(
  scanner: DynamoDBClient,
  table: string,
  removerFor: (tenant: TenantId) => DynamoDBClient,
): TenantData {
  return {
    holds: 'items',
    async sweep({ id: tenant }, start) {
      const page = await dynamo(
        scanner.send(
          new ScanCommand({
            TableName: table,
            // The worker's role asks for both: it may see the keys of items, and nothing else of them.
            Select: 'SPECIFIC_ATTRIBUTES',
            ProjectionExpression: 'pk, sk',
            FilterExpression: 'begins_with(pk, :prefix) OR (begins_with(pk, :keys) AND sk = :entrance)',
            ExpressionAttributeValues: {
              ':prefix': { S: tenantPrefix(tenant) },
              ':keys': { S: KEYS_PREFIX },
              ':entrance': { S: entranceOfTenant(tenant) },
            },
            ConsistentRead: true,
            ...(start !== undefined && { ExclusiveStartKey: keyOf(JSON.parse(start) as PrimaryKey) }),
          }),
        ),
      );
      const found = (page.Items ?? []).map(({ pk, sk }) => ({ pk: pk!, sk: sk! }));
      const isEntrance = ({ pk }: Item) => pk!.S!.startsWith(KEYS_PREFIX);
      for (const Key of found.filter(isEntrance))
        await dynamo(scanner.send(new DeleteItemCommand({ TableName: table, Key })));
      await batchWrite(
        removerFor(tenant),
        table,
        found.filter((key) => !isEntrance(key)).map((Key) => ({ DeleteRequest: { Key } })),
      );
      const last = page.LastEvaluatedKey;
      return {
        scanned: page.ScannedCount ?? 0,
        removed: found.length,
        ...(last && { next: JSON.stringify({ pk: last['pk']!.S!, sk: last['sk']!.S! }) }),
      };
    },
  };
}
