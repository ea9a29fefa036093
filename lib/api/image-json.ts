import type { Gloss } from '../domain/gloss.ts';
import type { ImageRecord } from '../domain/image.ts';
import type { TenantId } from '../domain/ids.ts';
import { thumbnailKey, uploadKey } from '../domain/object-key.ts';
import type { View } from '../domain/view.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Highlight } from '../query/hits/highlight.ts';
import type { Hit } from '../steps/search/hit.ts';

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
    url: await objects.urlFor(tenant, uploadKey(tenant, record.name)),
    ...(record.facts && { thumbnailUrl: await objects.urlFor(tenant, thumbnailKey(tenant, record.imageId)) }),
  };
}

/** The short-lived address of a crop; the whole picture has its thumbnail's, and imported views have no picture. */
async function cropJson(
  objects: ObjectStore,
  tenant: TenantId,
  { source, facts, imageId }: ImageRecord,
  { kind, index }: View,
) {
  if (source !== 'upload' || !facts || kind !== 'crop') return {};
  return { cropUrl: await objects.urlFor(tenant, thumbnailKey(tenant, imageId, index)) };
}

/** A gloss with its views, whole. */
export async function glossJson(objects: ObjectStore, tenant: TenantId, record: ImageRecord, gloss: Gloss) {
  const { model, promptVersion, cropPolicy, views } = gloss;
  const shown = views.map(async ({ view, tags, caption, visibleText }) => {
    return { ...view, ...(await cropJson(objects, tenant, record, view)), tags, caption, visibleText };
  });
  return { model, promptVersion, cropPolicy, views: await Promise.all(shown) };
}

/** A hundred hits have to fit into an answer of Lambda, 6 MB; the image itself is shown whole. */
const MAX_HIT_VIEWS = 10;
const MAX_HIT_TAGS = 40;
const MAX_HIT_TEXT_CHARS = 300;

const shorten = (text: string): string =>
  text.length <= MAX_HIT_TEXT_CHARS ? text : `${text.slice(0, MAX_HIT_TEXT_CHARS).toWellFormed()}…`;

/** Whether a place is in what is left of its text. */
const isShown = ({ field, index, end }: Highlight): boolean =>
  end <= MAX_HIT_TEXT_CHARS && (field !== 'tag' || index < MAX_HIT_TAGS);

/** One answer of a search with the views that earned it; long texts are cut. */
export async function hitJson(objects: ObjectStore, tenant: TenantId, hit: Hit, explain: boolean) {
  const { record, score, views, explanation } = hit;
  return {
    id: record.imageId,
    name: record.name,
    score,
    ...record.facts,
    ...(await addressesJson(objects, tenant, record)),
    views: await Promise.all(
      views
        .slice(0, MAX_HIT_VIEWS)
        .map(async ({ gloss: { view, tags, caption, visibleText }, words, highlights }) => ({
          ...view,
          ...(await cropJson(objects, tenant, record, view)),
          words: words.slice(0, MAX_HIT_TAGS).map(shorten),
          highlights: highlights.filter(isShown).slice(0, MAX_HIT_TAGS),
          tags: tags.slice(0, MAX_HIT_TAGS).map(shorten),
          caption: shorten(caption),
          visibleText: shorten(visibleText),
        })),
    ),
    ...(explain && { explanation }),
  };
}
