import { cardOfGloss, cardOfRecord, type ImageCard } from '../../domain/image-card.ts';
import type { Gloss } from '../../domain/gloss.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { ImageId, ImageState, TenantId } from '../../domain/ids.ts';
import { readableIn } from '../../domain/unreadable.ts';
import type { StateGlosses } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import { withKnownFile } from '../../text/known-file.ts';
import type { RankedDocument } from './rank-documents.ts';

/** Candidates loaded at once: as many as a port gives in one call. */
export const MAX_LOADED = 100;

export interface LoadDeps {
  /** Of images whose glosses are of before glosses had cards. */
  readonly records: Pick<ImageRecords, 'getMany'>;
  readonly glosses: StateGlosses;
  /** Whether more may be looked at, to find what only glosses decide; as much as there is when left out. */
  readonly mayLookAtMore?: () => boolean;
}

/** What was written about an image, and what is shown with it. */
export interface LoadedImage {
  readonly imageId: ImageId;
  readonly card: ImageCard;
  readonly gloss: Gloss;
}

/** A ranked document with its image. */
export interface Candidate extends LoadedImage {
  readonly document: RankedDocument;
}

/** Ranked documents with their images, in their order; images that went while we searched, and those that cannot be read, are left out. At most 100. */
export async function loadCandidates(
  deps: LoadDeps,
  tenant: TenantId,
  documents: readonly RankedDocument[],
): Promise<Candidate[]> {
  const images = await loadImages(deps, tenant, documents);
  return documents.flatMap((document): Candidate[] => {
    const image = images.get(document.imageId);
    return image ? [{ document, ...image }] : [];
  });
}

/**
 * The images of states. The index says which are there: removing an image takes it out of the index before its words go. Those
 * that cannot be read are left out: the others are worth more than an answer that names what is missing.
 * @param states at most 100
 */
export async function loadImages(
  { glosses, records }: LoadDeps,
  tenant: TenantId,
  states: readonly ImageState[],
): Promise<ReadonlyMap<ImageId, LoadedImage>> {
  if (states.length === 0) return new Map();
  const stored = readableIn(await glosses.ofStates(tenant, states));
  const cardless = Array.from(stored.values()).flatMap(({ imageId, card }) => (card ? [] : [imageId]));
  const known =
    cardless.length > 0
      ? readableIn(await records.getMany(tenant, cardless))
      : new Map<ImageId, ImageRecord>();
  return new Map(
    Array.from(stored.values()).flatMap((gloss): [ImageId, LoadedImage][] => {
      const { imageId } = gloss;
      const card = cardOfGloss(gloss);
      if (card) return [[imageId, { imageId, card, gloss }]];
      const record = known.get(imageId);
      return record && record.status !== 'removed'
        ? [[imageId, { imageId, card: cardOfRecord(record), gloss: withKnownFile(gloss, record) }]]
        : [];
    }),
  );
}
