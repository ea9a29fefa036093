import { dynamoGlosses } from '../../lib/adapters/dynamo-glosses.ts';
import { dynamoImageRecords } from '../../lib/adapters/dynamo-image-records.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import type { NotifyMessage } from '../../lib/domain/messages.ts';
import { announcingRecords } from '../../lib/steps/notify/announcing-records.ts';
import type { TenantClients } from './clients.ts';
import { text } from './environment.ts';
import { queueAt } from './queue-at.ts';
import { clock } from './runtime.ts';
import { noteUnreadable } from './telemetry.ts';
import { tenantReader } from './usage-deps.ts';

/** Of functions that change images and the index. */
export const CHANGING = {
  IMAGES_TABLE: text,
  INDEX_TABLE: text,
  TENANTS_TABLE: text,
  TENANT_ROLE_ARN: text,
  NOTIFY_QUEUE_URL: text,
  EVENT_BUS: text.optional(),
};

export interface ImageEnvironment {
  readonly IMAGES_TABLE: string;
  readonly TENANTS_TABLE: string;
  readonly NOTIFY_QUEUE_URL: string;
  readonly EVENT_BUS?: string | undefined;
}

/** Records announce what changes in them. */
export function imageDeps(clients: TenantClients, env: ImageEnvironment) {
  const { dynamoDb: clientOf } = clients;
  const table = env.IMAGES_TABLE;
  const records = perTenant((tenant) =>
    dynamoImageRecords(clientOf(tenant), table, env.TENANTS_TABLE, noteUnreadable(tenant)),
  );
  return {
    records: announcingRecords(records, {
      tenants: tenantReader(clients, env.TENANTS_TABLE),
      notifyQueue: queueAt<NotifyMessage>(env.NOTIFY_QUEUE_URL),
      toBus: env.EVENT_BUS !== undefined,
    }),
    glosses: perTenant((tenant) => dynamoGlosses(clientOf(tenant), table, clock, noteUnreadable(tenant))),
  };
}
