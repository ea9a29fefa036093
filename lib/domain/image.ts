import type { ImageId, Sequencer } from './ids.ts';
import type { PeoplesWords } from './peoples-words.ts';
import type { PictureNote } from './picture-note.ts';
import type { SeenObject } from './seen-object.ts';
import type { Totals } from './usage.ts';
import type { WaitCode } from './wait-code.ts';

/**
 * received -> described -> searchable; failed and removed end a state of the image, and waiting is between received and described. A
 * later upload of the same name starts again at received.
 */
export type ImageStatus = 'received' | 'waiting' | 'described' | 'searchable' | 'failed' | 'removed';

/** Why an image failed, for the person who uploaded it. */
export interface ImageFailure {
  readonly code: string;
  readonly reason: string;
  /** Whether the same picture may succeed later, as when the model was not to be had. */
  readonly retryable: boolean;
}

/** Why an image waits to be described, and until when: it is no failure, and nobody has to do anything. */
export interface Waiting {
  readonly code: WaitCode;
  readonly reason: string;
  /** Since when, over all tries. */
  readonly sinceMs: number;
  /** When it is tried again at the latest. */
  readonly untilMs: number;
  /** In which it could not be described; 0 where it was not tried. */
  readonly tries: number;
}

/** What is known of a picture once it is decoded. */
export interface ImageFacts {
  readonly format: string;
  /** Upright, after EXIF orientation. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** What of it was not read; absent where all of it was. */
  readonly notes?: readonly PictureNote[];
}

/** How long the steps took and what they cost, for one image. */
export interface DescribeFigures {
  readonly decodeMs: number;
  readonly modelMs: number;
  readonly views: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** For how long the bucket keeps a version of an original that was replaced or that a delete marker covers. */
export const OLDER_VERSIONS_KEPT_DAYS = 30;

/** The name of an image that was deleted when nobody knew its name any more. */
export const LOST_NAME = '';

/** The state of one image. Written only under the condition that no later state is there. */
export interface ImageRecord {
  readonly imageId: ImageId;
  /** The uploader's name for it: the object key without its prefix, or the id of an imported document; `LOST_NAME` where it is lost. */
  readonly name: string;
  readonly status: ImageStatus;
  readonly sequencer: Sequencer;
  readonly source: 'upload' | 'import';
  /** Of the object that is there; absent once it is removed. */
  readonly bytes?: number;
  /** Of versions that were replaced or deleted in S3, and may still be in the bucket. */
  readonly olderBytes?: number;
  /** From then on the bucket has none of those versions. */
  readonly olderUntilMs?: number;
  readonly facts?: ImageFacts;
  readonly figures?: DescribeFigures;
  readonly failure?: ImageFailure;
  /** Where it is `waiting`. */
  readonly waiting?: Waiting;
  /** Answers of the model about this state that are counted already, as they are kept; absent once it is described. */
  readonly counted?: readonly string[];
  /** From the first gloss on until its words are taken out of the index. */
  readonly mayBeIndexed: boolean;
  readonly createdAtMs: number;
  /** When the picture, or the words, that are there now (or were last) came; absent in records of before this was kept. */
  readonly arrivedAtMs?: number;
  /**
   * The tenant's object that this state knows of: the picture that is described, or what was there when words were imported
   * under its name, or when its owner deleted it; null where nothing was there.
   */
  readonly object: SeenObject | null;
  /** Which state its thumbnails are of; absent where it has none, and where they are of before their keys named it. */
  readonly thumbnailsOf?: Sequencer;
  /** What people changed of its words: for every picture of its name until it is removed, or words are imported; absent where they changed nothing. */
  readonly people?: PeoplesWords;
  /** The state whose words people changed: this one differs from it by that alone. Absent where it is no edit. */
  readonly editedFrom?: Sequencer;
  /** Of a removal that its owner asked of us: its object is to go too. Absent where S3 told of the removal. */
  readonly deletesObject?: true;
  readonly updatedAtMs: number;
  /** Counts the writes of this record; a write names the revision it read, so that none is lost. */
  readonly revision: number;
}

/** What an image adds to the sums of its tenant. Older versions take up room also when it is removed. */
export function sizeOf(
  record: Pick<Partial<ImageRecord>, 'status' | 'bytes' | 'olderBytes'> | undefined,
): Totals {
  const older = record?.olderBytes ?? 0;
  return record && record.status !== 'removed'
    ? { images: 1, bytes: (record.bytes ?? 0) + older }
    : { images: 0, bytes: older };
}

/** Which of the `SUM_PARTS` an image counts in. */
export const sumPartOf = (imageId: ImageId): number => Number.parseInt(imageId[0]!, 16);

/** The sums with one more image in them. */
export const plusSize = ({ images, bytes }: Totals, record: ImageRecord): Totals => {
  const more = sizeOf(record);
  return { images: images + more.images, bytes: bytes + more.bytes };
};
