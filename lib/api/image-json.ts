import type { Gloss } from '../domain/gloss.ts';
import type { ImageRecord } from '../domain/image.ts';
import type { TenantId } from '../domain/ids.ts';
import { thumbnailKey, uploadKey } from '../domain/object-key.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Hit } from '../steps/search.ts';

/** How an image stands, as the API shows it. */
export function statusJson(record: ImageRecord) {
  return {
    id: record.imageId,
    name: record.name,
    status: record.status,
    sequencer: record.sequencer,
    ...(record.failure && { failure: record.failure }),
    ...(record.bytes !== undefined && { bytes: record.bytes }),
    ...record.facts,
    ...(record.figures && { figures: record.figures }),
    createdAt: new Date(record.createdAtMs).toISOString(),
    updatedAt: new Date(record.updatedAtMs).toISOString(),
  };
}

/** Short-lived addresses of an image that has a picture; nothing for imported words. */
export async function addressesJson(objects: ObjectStore, tenant: TenantId, record: ImageRecord) {
  if (record.source !== 'upload' || record.status === 'removed') return {};
  return {
    url: await objects.urlFor(uploadKey(tenant, record.name)),
    ...(record.facts && { thumbnailUrl: await objects.urlFor(thumbnailKey(tenant, record.imageId)) }),
  };
}

/** A gloss with its views, whole. */
export function glossJson({ model, promptVersion, cropPolicy, views }: Gloss) {
  return {
    model,
    promptVersion,
    cropPolicy,
    views: views.map(({ view, tags, caption, visibleText }) => ({ ...view, tags, caption, visibleText })),
  };
}

/** One answer of a search with the views that earned it. */
export async function hitJson(objects: ObjectStore, tenant: TenantId, hit: Hit, explain: boolean) {
  const { record, score, views, explanation } = hit;
  return {
    id: record.imageId,
    name: record.name,
    score,
    ...record.facts,
    ...(await addressesJson(objects, tenant, record)),
    views: views.map(({ gloss: { view, tags, caption, visibleText }, words }) => ({
      ...view,
      words,
      tags,
      caption,
      visibleText,
    })),
    ...(explain && { explanation }),
  };
}
