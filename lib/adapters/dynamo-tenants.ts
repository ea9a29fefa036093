import { GetItemCommand, PutItemCommand, QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseTenantId } from '../domain/ids.ts';
import type { Tenants } from '../ports/tenants.ts';
import type { Tenant } from '../domain/tenant.ts';
import { keyOf, type Item } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';

const PARTITION = 'tenants';
const keyFor = (tenant: string) => keyOf({ pk: PARTITION, sk: tenant });
const toTenant = (item: Item): Tenant => JSON.parse(item['record']!.S!) as Tenant;

/** Tenants in the tenants table: pk `tenants`, sk the name, the tenant as JSON beside its revision. */
export function dynamoTenants(client: DynamoDBClient, table: string): Tenants {
  return {
    async get(tenant) {
      const request = new GetItemCommand({ TableName: table, Key: keyFor(tenant), ConsistentRead: true });
      const { Item } = await dynamo(client.send(request));
      return Item && toTenant(Item);
    },

    async list({ limit, after }) {
      const page = await dynamo(
        client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: PARTITION } },
            Limit: limit,
            ...(after && { ExclusiveStartKey: keyFor(after) }),
          }),
        ),
      );
      const tenants = (page.Items ?? []).map(toTenant);
      const last = page.LastEvaluatedKey?.['sk']?.S;
      return last === undefined ? { tenants } : { tenants, next: parseTenantId(last) };
    },

    put(tenant) {
      const Item: Item = {
        ...keyFor(tenant.id),
        revision: { N: String(tenant.revision) },
        record: { S: JSON.stringify(tenant) },
      };
      const condition =
        tenant.revision === 1
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'revision = :before',
              ExpressionAttributeValues: { ':before': { N: String(tenant.revision - 1) } },
            };
      return conditionally(client.send(new PutItemCommand({ TableName: table, Item, ...condition })));
    },
  };
}
