import { ScanCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SegmentId } from '../domain/ids.ts';
import type { StoredSegments } from '../ports/stored-segments.ts';
import { keyOf, type PrimaryKey } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { tenantPartition } from './partitions.ts';

/** Requests of one part: each looks at a megabyte of the table. */
const SCANS = 20;

/**
 * Segments of a tenant by a scan of the index table, of which only keys are read: nothing else lists segments that no
 * manifest names. Cost: the whole table of all tenants, eventually consistent, in parts of 20 MB.
 */
export function dynamoStoredSegments(scanner: DynamoDBClient, table: string): StoredSegments {
  return {
    async list(tenant, start) {
      const prefix = tenantPartition(tenant, 'segment', '');
      const segmentIds = new Set<SegmentId>();
      let next = start;
      for (let i = 0; i < SCANS && (i === 0 || next !== undefined); i += 1) {
        const { Items = [], LastEvaluatedKey: last } = await dynamo(
          scanner.send(
            new ScanCommand({
              TableName: table,
              // As the role asks for: keys of items, and nothing else of them.
              Select: 'SPECIFIC_ATTRIBUTES',
              ProjectionExpression: 'pk, sk',
              FilterExpression: 'begins_with(pk, :prefix)',
              ExpressionAttributeValues: { ':prefix': { S: prefix } },
              ...(next !== undefined && { ExclusiveStartKey: keyOf(JSON.parse(next) as PrimaryKey) }),
            }),
          ),
        );
        for (const { pk } of Items) segmentIds.add(pk!.S!.slice(prefix.length) as SegmentId);
        next = last && JSON.stringify({ pk: last['pk']!.S!, sk: last['sk']!.S! });
      }
      return { segmentIds: [...segmentIds], ...(next !== undefined && { next }) };
    },
  };
}
