import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { keptPerTenant } from '../../lib/adapters/per-tenant.ts';
import { meterCapacity } from '../../lib/adapters/dynamo-meter.ts';
import { tenantSessions } from '../../lib/adapters/tenant-sessions.ts';
import { unlogged } from '../../lib/adapters/unlogged.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import { clock } from './runtime.ts';
import { QUICK } from './timeouts.ts';
import { UnitCounts } from './unit-counts.ts';

/** With the function's own credentials. */
export const dynamoDb = () => followed(new DynamoDBClient({ maxAttempts: 5, requestHandler: QUICK }));

/** The store is asked before anything is decided by the time, so its answers set the clock. */
function followed(client: DynamoDBClient): DynamoDBClient {
  clock.follow(client);
  return unlogged(client);
}

/** Clients that reach one tenant's data and nothing else; connections are shared between all of them. */
export interface TenantClients {
  readonly dynamoDb: (tenant: TenantId) => DynamoDBClient;
  /** Credentials for one tenant's data. */
  readonly sessionOf: ReturnType<typeof tenantSessions>;
  /** Loaded when it is first needed. */
  readonly s3: (tenant: TenantId) => Promise<S3Client>;
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
  const clientFor = (tenant: TenantId) =>
    followed(
      new DynamoDBClient({ maxAttempts: 5, requestHandler: toDynamoDb, credentials: sessionOf(tenant) }),
    );
  return {
    sessionOf,
    units,
    uncounted: keptPerTenant(clientFor),
    dynamoDb: keptPerTenant((tenant) => {
      const client = clientFor(tenant);
      meterCapacity(client, units.meterOf(tenant));
      return client;
    }),
    s3: keptPerTenant(async (tenant) => (await import('../late/s3.ts')).s3(sessionOf(tenant))),
  };
}
