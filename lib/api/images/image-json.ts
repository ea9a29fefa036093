import type { FileWords, Gloss, ViewGloss } from '../../domain/gloss.ts';
import type { DescribeFigures, ImageFacts, ImageFailure, ImageRecord, Waiting } from '../../domain/image.ts';
import type { ImageCard } from '../../domain/image-card.ts';
import type { TenantId } from '../../domain/ids.ts';
import { thumbnailKey, uploadKey } from '../../domain/object-key.ts';
import type { PeoplesWords } from '../../domain/peoples-words.ts';
import { noteText } from '../../domain/picture-note.ts';
import { shownAs } from '../../domain/shown-as.ts';
import { reasonText } from '../../domain/visible-text.ts';
import type { Box } from '../../domain/view.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Failure, Image, ShownImage, Waiting as WaitingAnswer } from './image.ts';
import type { BoxJson, ShownGloss, ShownView, ViewJson, WrittenJson } from './view.ts';

/** How an image stands, as the API shows it. */
export function imageJson(record: ImageRecord): Image {
  const { imageId, name, status, sequencer, source, failure, waiting, bytes, facts, figures, object } =
    record;
  return {
    id: imageId,
    name,
    status,
    sequencer,
    ...(failure && { failure: failureJson(failure) }),
    ...(waiting && { waiting: waitingJson(waiting) }),
    ...(bytes !== undefined && { bytes }),
    ...(source === 'upload' &&
      status !== 'removed' &&
      object?.sha256 !== undefined && { sha256: object.sha256 }),
    ...factsJson(facts),
    ...(facts?.notes && { notes: facts.notes.map((note) => ({ code: note, text: noteText(note) })) }),
    ...(figures && { figures: figuresJson(figures) }),
    createdAt: new Date(record.createdAtMs).toISOString(),
    updatedAt: new Date(record.updatedAtMs).toISOString(),
  };
}

const failureJson = ({ code, reason, retryable }: ImageFailure): Failure => ({
  code,
  reason: reasonText(reason),
  retryable,
});

const waitingJson = ({ code, reason, sinceMs, untilMs }: Waiting): WaitingAnswer => ({
  code,
  reason: reasonText(reason),
  since: new Date(sinceMs).toISOString(),
  until: new Date(untilMs).toISOString(),
});

const figuresJson = ({ decodeMs, modelMs, views, inputTokens, outputTokens }: DescribeFigures) => ({
  decodeMs,
  modelMs,
  views,
  inputTokens,
  outputTokens,
});

/** What people changed. */
export const changesJson = ({ added, removed }: PeoplesWords): NonNullable<ShownImage['changes']> => ({
  added,
  removed,
});

/** What is known of a picture once it is decoded. */
export const factsJson = (facts: ImageFacts | undefined): Pick<Image, 'format' | 'widthPx' | 'heightPx'> =>
  facts ? { format: facts.format, widthPx: facts.widthPx, heightPx: facts.heightPx } : {};

/** Thumbnails are JPEGs of our own making. */
const thumbnailOf = (name: string) => shownAs(name, 'jpeg');

/** Short-lived addresses of an image that has a picture; nothing for imported words, nor for what could not be decoded. */
export async function addressesJson(
  objects: ObjectStore,
  tenant: TenantId,
  card: ImageCard,
): Promise<{ readonly url?: string; readonly thumbnailUrl?: string }> {
  const { name, picture } = card;
  if (!picture) return {};
  const { facts, versionId } = picture;
  return {
    url: await objects.urlFor(tenant, uploadKey(tenant, name), shownAs(name, facts?.format), { versionId }),
    ...(await thumbnailJson(objects, tenant, card)),
  };
}

/** The short-lived address of the whole picture, small; nothing for an image without a picture. */
export async function thumbnailJson(
  objects: ObjectStore,
  tenant: TenantId,
  { imageId, name, picture }: ImageCard,
): Promise<{ readonly thumbnailUrl?: string }> {
  if (!picture?.facts) return {};
  const key = thumbnailKey(tenant, imageId, picture.thumbnailsOf);
  return { thumbnailUrl: await objects.urlFor(tenant, key, thumbnailOf(name)) };
}

/** A view with its words. */
export const viewJson = ({
  view: { index, kind, box },
  ask,
  tags,
  caption,
  visibleText,
}: ViewGloss): ViewJson => ({
  index,
  kind,
  ...(box && { box: boxJson(box) }),
  ...(ask !== undefined && { ask }),
  tags,
  caption,
  visibleText,
});

/** The short-lived address of a crop; the whole picture has its thumbnail's. */
export async function cropJson(
  objects: ObjectStore,
  tenant: TenantId,
  { imageId, name, picture }: ImageCard,
  { view: { index, kind } }: ViewGloss,
): Promise<{ readonly cropUrl?: string }> {
  if (!picture?.facts || kind !== 'crop') return {};
  return {
    cropUrl: await objects.urlFor(
      tenant,
      thumbnailKey(tenant, imageId, picture.thumbnailsOf, index),
      thumbnailOf(name),
    ),
  };
}

const boxJson = ({ left, top, width, height }: Box): BoxJson => ({ left, top, width, height });

/** What people wrote into the file: everything that is known of it but its name. */
export const writtenJson = ({
  keywords,
  title,
  description,
  takenAt,
  storedOn,
  camera,
  place,
}: FileWords): WrittenJson => ({
  ...(keywords && { keywords }),
  ...(title !== undefined && { title }),
  ...(description !== undefined && { description }),
  ...(takenAt !== undefined && { takenAt }),
  ...(storedOn !== undefined && { storedOn }),
  ...(camera !== undefined && { camera }),
  ...(place && { place: { latitude: place.latitude, longitude: place.longitude } }),
});

/** A gloss with its views, whole. */
export async function glossJson(
  objects: ObjectStore,
  tenant: TenantId,
  card: ImageCard,
  { model, promptVersion, cropPolicy, views, file = {} }: Gloss,
): Promise<ShownGloss> {
  const shown = views.map(async (view): Promise<ShownView> => ({
    ...viewJson(view),
    ...(await cropJson(objects, tenant, card, view)),
  }));
  const written = writtenJson(file);
  return {
    model,
    promptVersion,
    cropPolicy,
    views: await Promise.all(shown),
    ...(Object.keys(written).length > 0 && { file: written }),
  };
}
