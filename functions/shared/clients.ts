import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { keptPerTenant } from '../../lib/adapters/per-tenant.ts';
import { meterCapacity } from '../../lib/adapters/dynamo-meter.ts';
import { tenantSessions } from '../../lib/adapters/tenant-sessions.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import { clock } from './runtime.ts';
import { UnitCounts } from './unit-counts.ts';

/**
 * The SDK waits minutes for an answer, or for ever; a function lives for one. These are times without a byte, after
 * which a request is tried again.
 */
const CONNECT_MS = 2_000;
const QUICK = { connectionTimeout: CONNECT_MS, socketTimeout: 5_000 };
const OBJECTS = { connectionTimeout: CONNECT_MS, socketTimeout: 15_000 };

/** Clients with the function's own credentials. */
export const dynamoDb = () => followed(new DynamoDBClient({ maxAttempts: 5, requestHandler: QUICK }));
export const sqs = () => new SQSClient({ maxAttempts: 5, requestHandler: QUICK });
export const eventBridge = () => new EventBridgeClient({ maxAttempts: 5, requestHandler: QUICK });
export const s3 = () => new S3Client(S3);
/** @param waitMs longer than the called function may take: a call that is tried again runs twice */
export const lambda = (waitMs: number) =>
  new LambdaClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: waitMs, requestTimeout: waitMs },
  });

const S3: S3ClientConfig = {
  maxAttempts: 4,
  requestHandler: OBJECTS,
};

/** The store is asked before anything is decided by the time, so its answers set the clock. */
function followed(client: DynamoDBClient): DynamoDBClient {
  clock.follow(client);
  return client;
}

/** Clients that reach one tenant's data and nothing else; connections are shared between all of them. */
export interface TenantClients {
  readonly dynamoDb: (tenant: TenantId) => DynamoDBClient;
  readonly s3: (tenant: TenantId) => S3Client;
  /** What talking to DynamoDB has cost, by tenant; `uncounted` talks without adding to it. */
  readonly units: UnitCounts;
  readonly uncounted: (tenant: TenantId) => DynamoDBClient;
}

/** @param roleArn what the function takes on for a tenant */
export function tenantClients(roleArn: string): TenantClients {
  const sts = new STSClient({ maxAttempts: 5, requestHandler: QUICK });
  const sessionOf = tenantSessions(sts, roleArn, clock);
  const units = new UnitCounts();
  const { requestHandler: toDynamoDb } = dynamoDb().config;
  const { requestHandler: toS3 } = s3().config;
  const clientFor = (tenant: TenantId) =>
    followed(
      new DynamoDBClient({ maxAttempts: 5, requestHandler: toDynamoDb, credentials: sessionOf(tenant) }),
    );
  return {
    units,
    uncounted: keptPerTenant(clientFor),
    dynamoDb: keptPerTenant((tenant) => {
      const client = clientFor(tenant);
      meterCapacity(client, units.meterOf(tenant));
      return client;
    }),
    s3: keptPerTenant(
      (tenant) => new S3Client({ ...S3, requestHandler: toS3, credentials: sessionOf(tenant) }),
    ),
  };
}
