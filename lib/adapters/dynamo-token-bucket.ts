import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { TenantId } from '../domain/ids.ts';
import type { RateDecision, RateLimit, TokenBucket } from '../ports/rate-limiter.ts';
import type { Clock } from '../ports/runtime.ts';
import { keyOf } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { tenantPartition } from './partitions.ts';
import { lruMap } from './lru-map.ts';

const MAX_TURNS = 3;
/** Above the difference of two clocks, and what is left of a larger bucket: a time that is later cannot be, and the bucket is full. */
const SLACK_MS = 3_600_000;

/**
 * A token bucket stored as one number: the time at which the bucket will be full (GCRA, as in ITU-T I.371).
 * Taking tokens moves that time by the time in which they return. This is one conditional update without a
 * read, so two instances cannot both take the last one. In the tenants table: pk `<tenant>/rate`.
 */
export function dynamoTokenBucket(client: DynamoDBClient, table: string, clock: Clock): TokenBucket {
  /** The time as this instance saw it last. It tells which of the two updates will probably succeed. */
  const seen = lruMap<TenantId, number>(10_000);
  const keyFor = (tenant: TenantId) => keyOf({ pk: tenantPartition(tenant, 'rate'), sk: 'rate' });

  /** @returns the time at which the bucket is full after the update; undefined if the condition did not hold */
  async function update(
    tenant: TenantId,
    { set, when, values }: { set: string; when: string; values: Readonly<Record<string, number>> },
  ): Promise<number | undefined> {
    const request = new UpdateItemCommand({
      TableName: table,
      Key: keyFor(tenant),
      UpdateExpression: `SET fullAtMs = ${set}`,
      ConditionExpression: when,
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { N: value.toFixed(3) }])),
        ...(when.includes(':number') && { ':number': { S: 'N' } }),
      },
      ReturnValues: 'UPDATED_NEW',
    });
    try {
      return Number((await dynamo(client.send(request))).Attributes!['fullAtMs']!.N);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }

  return {
    async take(tenant, limit, count) {
      const tokenMs = 1000 / limit.requestsPerSec;
      for (let turn = 1; ; turn += 1) {
        const nowMs = clock.nowMs();
        const fromFull = {
          set: ':next',
          when: 'NOT attribute_type(fullAtMs, :number) OR fullAtMs <= :now OR fullAtMs > :never',
          values: {
            ':next': nowMs + count * tokenMs,
            ':now': nowMs,
            ':never': nowMs + limit.burst * tokenMs + SLACK_MS,
          },
        };
        const fromLess = {
          set: 'fullAtMs + :taken',
          when: 'fullAtMs > :now AND fullAtMs <= :last',
          values: {
            ':taken': count * tokenMs,
            ':now': nowMs,
            ':last': nowMs + (limit.burst - count) * tokenMs,
          },
        };
        const isFull = (seen.get(tenant) ?? 0) <= nowMs;
        const [likely, other] = isFull ? [fromFull, fromLess] : [fromLess, fromFull];
        const taken = (await update(tenant, likely)) ?? (await update(tenant, other));
        const request = new GetItemCommand({ TableName: table, Key: keyFor(tenant), ConsistentRead: true });
        const fullAtMs = taken ?? Number((await dynamo(client.send(request))).Item?.['fullAtMs']?.N ?? nowMs);
        seen.set(tenant, fullAtMs);
        const decision = decisionAt(fullAtMs, nowMs, limit, { allowed: taken !== undefined, count });
        // Between the two attempts the bucket may have filled up.
        if (decision.allowed || decision.nextInMs > 0 || turn >= MAX_TURNS) return decision;
      }
    },
  };
}

function decisionAt(
  fullAtMs: number,
  nowMs: number,
  { requestsPerSec, burst }: RateLimit,
  { allowed, count }: { readonly allowed: boolean; readonly count: number },
): RateDecision {
  const tokenMs = 1000 / requestsPerSec;
  const fullInMs = Math.max(0, fullAtMs - nowMs);
  return {
    allowed,
    remaining: Math.max(0, Math.floor(burst - fullInMs / tokenMs + 1e-6)),
    fullInMs,
    nextInMs: Math.max(0, fullInMs - (burst - count) * tokenMs),
  };
}
