import {
  OLDER_VERSIONS_KEPT_DAYS,
  type DescribeFigures,
  type ImageFacts,
  type ImageFailure,
  type ImageRecord,
} from './image.ts';
import type { ImageId, Sequencer } from './ids.ts';

/** That a picture (or ready-made words) came under a name. */
export interface Arrival {
  readonly imageId: ImageId;
  readonly name: string;
  readonly sequencer: Sequencer;
  readonly source: 'upload' | 'import';
  readonly bytes?: number;
  /** When it came into the bucket, where it did and its event says so. */
  readonly atMs?: number | undefined;
  readonly versionId?: string | undefined;
  /** That its object was looked for, and is not there any more. */
  readonly isGone?: boolean;
}

/**
 * The record after an arrival, or undefined when the arrival changes nothing: an event that comes twice or after
 * a later one. Events of one name are ordered by their sequencer alone, never by the time they come, but for imported
 * words, which S3 has not numbered.
 */
export function afterArrival(
  record: ImageRecord | undefined,
  arrival: Arrival,
  nowMs: number,
): ImageRecord | undefined {
  if (record && record.sequencer >= arrival.sequencer) return undefined;
  // Its owner had every version deleted: this one was among them, and its event comes late.
  if (record?.deletesObject && arrival.isGone) return undefined;
  // Words that come under the name of an object leave the object where it is.
  const bytes = arrival.bytes ?? record?.bytes;
  if (arrival.source === 'upload' && isBeforeWords(record, arrival.atMs)) return undefined;
  return {
    imageId: arrival.imageId,
    name: arrival.name,
    status: 'received',
    sequencer: arrival.sequencer,
    source: arrival.source,
    ...(bytes !== undefined && { bytes }),
    ...olderAfter(record, arrival.source === 'upload' ? (record?.bytes ?? 0) : 0, nowMs),
    mayBeIndexed: record?.mayBeIndexed ?? false,
    createdAtMs: record?.createdAtMs ?? nowMs,
    arrivedAtMs: nowMs,
    ...(arrival.atMs !== undefined && { storedAtMs: arrival.atMs }),
    ...(arrival.versionId !== undefined && { versionId: arrival.versionId }),
    updatedAtMs: nowMs,
    revision: (record?.revision ?? 0) + 1,
  };
}

/** What is known of older versions once so many bytes more belong to them. */
function olderAfter(
  record: ImageRecord | undefined,
  more: number,
  nowMs: number,
): Pick<ImageRecord, 'olderBytes' | 'olderUntilMs'> {
  const { olderBytes = 0, olderUntilMs = 0 } = record ?? {};
  if (more > 0)
    return { olderBytes: olderBytes + more, olderUntilMs: nowMs + OLDER_VERSIONS_KEPT_DAYS * DAY_MS };
  return olderBytes > 0 ? { olderBytes, olderUntilMs } : {};
}

const DAY_MS = 86_400_000;

interface RemovalOfImage {
  readonly imageId: ImageId;
  readonly name: string;
  readonly sequencer: Sequencer;
  /** Asked of us, not told by S3. */
  readonly deletesObject?: true;
  /** By a delete marker: the object is an older version now. */
  readonly leavesVersion?: true;
  /** When it happened, where S3 told of it. */
  readonly atMs?: number | undefined;
}

/**
 * Whether an object came or went before the words that were imported under its name, or before their owner deleted
 * them. Their sequencers do not tell: an import has one of its own making, which is below those of S3.
 */
const isBeforeWords = (record: ImageRecord | undefined, atMs: number | undefined): boolean =>
  record?.source === 'import' &&
  atMs !== undefined &&
  atMs < (record.deletedAtMs ?? record.arrivedAtMs ?? -Infinity);

/** The record after a removal numbered by S3, or undefined when a later state is there already. */
export function afterRemoval(
  record: ImageRecord | undefined,
  removal: RemovalOfImage,
  nowMs: number,
): ImageRecord | undefined {
  if (record && record.sequencer > removal.sequencer) return undefined;
  if (isBeforeWords(record, removal.atMs)) return undefined;
  const isRemoved = record?.sequencer === removal.sequencer && record.status === 'removed';
  // Whoever deletes what S3 has removed deletes the versions that are left.
  if (isRemoved && !(removal.deletesObject && record.olderBytes)) return undefined;
  const deletesObject = removal.deletesObject ?? (record?.status === 'removed' && record.deletesObject);
  return {
    imageId: removal.imageId,
    name: removal.name,
    status: 'removed',
    sequencer: removal.sequencer,
    ...(deletesObject && { deletesObject, deletedAtMs: record?.deletedAtMs ?? nowMs }),
    // A deletion that is asked of us takes every version.
    ...(!deletesObject && olderAfter(record, removal.leavesVersion ? (record?.bytes ?? 0) : 0, nowMs)),
    source: record?.source ?? 'upload',
    mayBeIndexed: record?.mayBeIndexed ?? false,
    createdAtMs: record?.createdAtMs ?? nowMs,
    ...(record?.arrivedAtMs !== undefined && { arrivedAtMs: record.arrivedAtMs }),
    updatedAtMs: nowMs,
    revision: (record?.revision ?? 0) + 1,
  };
}

/** What a step learnt about the state of an image that it read. */
type StepOutcome =
  | {
      readonly status: 'described';
      readonly facts?: ImageFacts;
      readonly figures?: DescribeFigures;
      readonly versionId?: string;
    }
  | { readonly status: 'searchable' }
  | { readonly status: 'failed'; readonly failure: ImageFailure; readonly facts?: ImageFacts };

/** The record after a step; its sequencer stays, since the step speaks of the state that it read. */
export function afterProgress(record: ImageRecord, progress: StepOutcome, nowMs: number): ImageRecord {
  const { failure: _cleared, ...rest } = record;
  return {
    ...rest,
    ...progress,
    mayBeIndexed: record.mayBeIndexed || progress.status === 'described',
    updatedAtMs: nowMs,
    revision: record.revision + 1,
  };
}

/** The record once no word of the image is in the index. */
export function afterUnindexing(record: ImageRecord, nowMs: number): ImageRecord {
  return { ...record, mayBeIndexed: false, updatedAtMs: nowMs, revision: record.revision + 1 };
}

/** Whether older versions are counted that the bucket has no longer. */
export const hasExpiredVersions = ({ olderUntilMs }: ImageRecord, nowMs: number): boolean =>
  olderUntilMs !== undefined && olderUntilMs <= nowMs;

/** The record once its older versions are gone. It is as old as before: when it is forgotten does not change. */
export function afterExpiry(record: ImageRecord): ImageRecord {
  const { olderBytes: _bytes, olderUntilMs: _until, ...rest } = record;
  return { ...rest, revision: record.revision + 1 };
}
