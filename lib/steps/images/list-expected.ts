import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { Reservations } from '../../ports/reservations.ts';

interface ExpectedDeps {
  readonly records: Pick<ImageRecords, 'getMany'>;
  readonly reservations: Pick<Reservations, 'list'>;
}

/** An image that has a form to upload by, and of which nothing has arrived. */
export interface Expected {
  readonly imageId: ImageId;
  readonly name: string;
  /** That are announced. */
  readonly bytes: number;
  /** When it is expected no longer. */
  readonly endsAtMs: number;
}

/**
 * A page of the images of a tenant that were invited and are not there, in order of id; `next` is absent on the last page. A page of `limit`, 1 to 100, looks at
 * as many invitations and shows fewer, also none, where some have ended or are of images that have a record.
 */
export async function listExpected(
  { records, reservations }: ExpectedDeps,
  tenant: TenantId,
  page: { readonly limit: number; readonly after?: ImageId },
): Promise<{ readonly images: readonly Expected[]; readonly next?: ImageId }> {
  const { reservations: held, next } = await reservations.list(tenant, page);
  const recorded = await records.getMany(tenant, [...held.keys()]);
  const images = [...held].flatMap(([imageId, { name, bytes, endsAtMs }]) =>
    recorded.has(imageId) || name === undefined ? [] : [{ imageId, name, bytes, endsAtMs }],
  );
  return next === undefined ? { images } : { images, next };
}
