import { perTenant } from '../../lib/adapters/per-tenant.ts';
import { s3Addresses } from '../../lib/adapters/s3-addresses.ts';
import { whenNeeded } from '../../lib/adapters/when-needed.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import type { TenantClients } from './clients.ts';
import { text } from './environment.ts';
import { CHANGING, imageDeps, type ImageEnvironment } from './image-deps.ts';
import { indexDeps } from './index-deps.ts';
import { clock } from './runtime.ts';
import { usageDeps } from './usage-deps.ts';

/** The objects of each tenant. */
export const objectsIn = ({ s3: clientOf, sessionOf }: TenantClients, bucket: BucketEnvironment) =>
  perTenant((tenant) =>
    whenNeeded<ObjectStore, 'urlFor'>(
      async () => (await import('../late/s3.ts')).s3ObjectStore(await clientOf(tenant), bucket.BUCKET, clock),
      s3Addresses({
        bucketUrl: bucket.BUCKET_URL,
        region: bucket.AWS_REGION,
        credentials: sessionOf(tenant),
        clock,
      }),
    ),
  );

/** When they were stored, and who else stored there. */
export const objectTimesIn = ({ s3: clientOf }: TenantClients, bucket: string) =>
  perTenant((tenant) =>
    whenNeeded(async () => (await import('../late/s3.ts')).s3ObjectTimes(await clientOf(tenant), bucket)),
  );

/** Of those that change pictures, too. */
export const CHANGING_PICTURES = { ...CHANGING, BUCKET: text, BUCKET_URL: text, AWS_REGION: text };

interface BucketEnvironment {
  readonly BUCKET: string;
  readonly BUCKET_URL: string;
  readonly AWS_REGION: string;
}

/** For functions that change pictures, their words and the index. */
export function changingPicturesDeps(
  clients: TenantClients,
  env: ImageEnvironment & BucketEnvironment & { readonly INDEX_TABLE: string },
) {
  return {
    ...indexDeps(clients, env.INDEX_TABLE),
    ...imageDeps(clients, env),
    objects: objectsIn(clients, env),
    ...usageDeps(clients, env.TENANTS_TABLE),
  };
}
