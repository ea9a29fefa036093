import { ScanCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AllStoredSegments, StoredSegment, StoredSegments } from '../ports/stored-segments.ts';
import { keyOf, type PrimaryKey } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { segmentOfPartition, type PartitionKey } from './partitions.ts';

/** Requests of one part. */
const REQUESTS = 100;
/** Items of one request: small segments come several at once, and of a large one little is read in vain. */
const ITEMS = 10;
/** The last character of Unicode: above every sort key. */
const BEHIND_ALL_ITEMS = '\u{10FFFF}';

/**
 * Segments by a scan of the index table, of which only keys are read: nothing else lists those that no manifest names.
 * A scan goes through one partition after the other, and may begin at any key. So it skips the rest of each partition that
 * it ends in. Cost: at most ten items of a segment, eventually consistent, whatever its size; of the segments of all tenants.
 */
export function dynamoStoredSegments(
  scanner: DynamoDBClient,
  table: string,
): StoredSegments & AllStoredSegments {
  const listAll: AllStoredSegments['listAll'] = async (start) => {
    const found = new Map<string, StoredSegment>();
    let next = start;
    for (let i = 0; i < REQUESTS && (i === 0 || next !== undefined); i += 1) {
      const { Items = [], LastEvaluatedKey: last } = await dynamo(
        scanner.send(
          new ScanCommand({
            TableName: table,
            // As the role asks for: keys of items, and nothing else of them.
            Select: 'SPECIFIC_ATTRIBUTES',
            ProjectionExpression: 'pk, sk',
            Limit: ITEMS,
            ...(next !== undefined && { ExclusiveStartKey: keyOf(JSON.parse(next) as PrimaryKey) }),
          }),
        ),
      );
      for (const { pk } of Items) {
        const segment = segmentOfPartition(pk!.S!);
        if (segment) found.set(pk!.S!, segment);
      }
      next = last && behind(last['pk']!.S! as PartitionKey);
    }
    return { segments: [...found.values()], ...(next !== undefined && { next }) };
  };

  return {
    listAll,
    async list(tenant, start) {
      const { segments, ...rest } = await listAll(start);
      const own = segments.filter((segment) => segment.tenant === tenant);
      return { segmentIds: own.map(({ segmentId }) => segmentId), ...rest };
    },
  };
}

const behind = (pk: PartitionKey): string =>
  JSON.stringify({ pk, sk: BEHIND_ALL_ITEMS } satisfies PrimaryKey);
