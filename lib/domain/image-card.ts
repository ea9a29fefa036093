import type { Gloss } from './gloss.ts';
import type { ImageFacts, ImageRecord } from './image.ts';
import type { ImageId, Sequencer } from './ids.ts';

/** What is shown of one state of an image besides its words. It never changes: another picture is another state. */
export interface ImageCard {
  readonly imageId: ImageId;
  readonly name: string;
  /** Absent for imported words, and for what could not be decoded. */
  readonly picture?: CardPicture;
}

interface CardPicture {
  /** Absent until it is decoded. */
  readonly facts?: ImageFacts | undefined;
  /** Of its original; absent in a bucket without versions. */
  readonly versionId?: string | undefined;
  /** Which state its thumbnails are of; absent where they are of before their keys named it. */
  readonly thumbnailsOf?: Sequencer | undefined;
}

/** As the record has it. */
export function cardOfRecord({
  imageId,
  name,
  source,
  status,
  facts,
  object,
  thumbnailsOf,
}: ImageRecord): ImageCard {
  if (source !== 'upload' || status === 'removed' || status === 'failed') return { imageId, name };
  return { imageId, name, picture: { facts, versionId: object?.versionId, thumbnailsOf } };
}

/** As the gloss has it; undefined for one of before glosses kept it. */
export function cardOfGloss({ imageId, sequencer, card }: Gloss): ImageCard | undefined {
  if (!card) return undefined;
  const { name, facts, versionId, thumbnailsOf = sequencer } = card;
  return facts ? { imageId, name, picture: { facts, versionId, thumbnailsOf } } : { imageId, name };
}
