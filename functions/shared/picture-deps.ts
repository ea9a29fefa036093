import { perTenant } from '../../lib/adapters/per-tenant.ts';
import { s3ObjectStore } from '../../lib/adapters/s3-object-store.ts';
import type { TenantClients } from './clients.ts';
import { text } from './environment.ts';
import { CHANGING, imageDeps, type ImageEnvironment } from './image-deps.ts';
import { indexDeps } from './index-deps.ts';
import { clock } from './runtime.ts';
import { usageDeps } from './usage-deps.ts';

/** The objects of each tenant. */
export const objectsIn = ({ s3: clientOf }: TenantClients, bucket: string) =>
  perTenant((tenant) => s3ObjectStore(clientOf(tenant), bucket, clock));

/** Of those that change pictures, too. */
export const CHANGING_PICTURES = { ...CHANGING, BUCKET: text };

/** For functions that change pictures, their words and the index. */
export function changingPicturesDeps(
  clients: TenantClients,
  env: ImageEnvironment & { readonly INDEX_TABLE: string; readonly BUCKET: string },
) {
  return {
    ...indexDeps(clients, env.INDEX_TABLE),
    ...imageDeps(clients, env),
    objects: objectsIn(clients, env.BUCKET),
    ...usageDeps(clients, env.TENANTS_TABLE),
  };
}
