import {
  OLDER_VERSIONS_KEPT_DAYS,
  type DescribeFigures,
  type ImageFacts,
  type ImageFailure,
  type ImageRecord,
  type Waiting,
} from './image.ts';
import { sequencerAfter, type ImageId, type Sequencer } from './ids.ts';
import type { PeoplesWords } from './peoples-words.ts';
import { isSameObject, type SeenObject } from './seen-object.ts';

/** That a picture (or ready-made words) came under a name. */
export interface Arrival {
  readonly imageId: ImageId;
  readonly name: string;
  readonly sequencer: Sequencer;
  readonly source: 'upload' | 'import';
  /** Of what is under its key; absent where nothing is. */
  readonly bytes?: number;
  /** What is under its key, and belongs to the tenant; null where nothing does. */
  readonly object: SeenObject | null;
  /** Whether nobody uploaded it anew: it was described before. */
  readonly again?: true;
  /** What people changed, where no record tells it any more. */
  readonly people?: PeoplesWords;
}

/**
 * The record after an arrival, or undefined when the arrival changes nothing: an event that comes twice or after
 * a later one. Events of one name are ordered by their sequencer alone, never by the time they come. What the owner asked
 * of us has no number of S3's: an event changes it only if something else is in the bucket than was there then.
 * @param isLost whether the record is what is left of one that cannot be read: then the same state is written again
 */
export function afterArrival(
  record: ImageRecord | undefined,
  arrival: Arrival,
  nowMs: number,
  isLost = false,
): ImageRecord | undefined {
  if (record && isOver(record, arrival, isLost)) return undefined;
  if (arrival.source === 'upload' && record && !isNews(record, arrival.object)) return undefined;
  return {
    imageId: arrival.imageId,
    name: arrival.name,
    status: 'received',
    sequencer: arrival.sequencer,
    source: arrival.source,
    ...(arrival.bytes !== undefined && { bytes: arrival.bytes }),
    ...olderAfter(record, record && isCovered(record, arrival) ? (record.bytes ?? 0) : 0, nowMs),
    // Of a lost record the words are left.
    mayBeIndexed: record?.mayBeIndexed ?? arrival.again ?? false,
    createdAtMs: record?.createdAtMs ?? nowMs,
    arrivedAtMs: nowMs,
    object: arrival.object,
    ...peopleAfter(record, arrival),
    updatedAtMs: nowMs,
    revision: (record?.revision ?? 0) + 1,
  };
}

/** What people changed stays with the name, whatever picture comes. Words that are imported take the place of all words. */
function peopleAfter(
  record: ImageRecord | undefined,
  { source, people: kept }: Arrival,
): Pick<ImageRecord, 'people'> {
  const people = source === 'upload' ? (record?.people ?? kept) : undefined;
  return people ? { people } : {};
}

/**
 * Whether the object that the record knows of is an older version now. Of two uploads in a row, the first event may have found the object
 * of the second: so it is, unless the same one is described again.
 */
const isCovered = (record: ImageRecord, { source, object, again }: Arrival): boolean =>
  source === 'upload' && !(again && isSameObject(object, record.object));

/** Whether the record knows of this state, or of a later one. */
const isOver = ({ sequencer }: ImageRecord, next: Pick<Arrival, 'sequencer'>, isLost: boolean): boolean =>
  sequencer > next.sequencer || (sequencer === next.sequencer && !isLost);

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

/** One removal, reported by S3 or requested by a user. */
export interface Removal {
  readonly imageId: ImageId;
  readonly name: string;
  readonly sequencer: Sequencer;
  /** Where its owner asked for it; absent where S3 told of it. */
  readonly deletesObject?: true;
  /** By a delete marker: the object is an older version now. */
  readonly leavesVersion?: true;
  /** Whether its words may be found where no record says so. */
  readonly mayBeIndexed?: boolean;
  /** What was under its key when its owner asked; null where nothing was, and where S3 told of it. */
  readonly object: SeenObject | null;
}

/** Whether what is under the key of an image is to be described, as far as its owner has imported words or deleted it. */
export const isNews = (record: ImageRecord, object: SeenObject | null): boolean =>
  (record.source !== 'import' && !record.deletesObject) ||
  (object !== null && !isSameObject(object, record.object));

/** Whether words were imported under a name that no object had: no removal from the bucket is theirs. */
const hasWordsAlone = ({ source, status, object }: ImageRecord): boolean =>
  source === 'import' && status !== 'removed' && object === null;

/**
 * The record after a removal, or undefined when a later state is there already.
 * @param isLost as for an arrival
 */
export function afterRemoval(
  record: ImageRecord | undefined,
  removal: Removal,
  nowMs: number,
  isLost = false,
): ImageRecord | undefined {
  if (record && isOfLaterWords(record, removal.sequencer)) return undefined;
  if (record && !removal.deletesObject && hasWordsAlone(record)) return undefined;
  const isRemoved = record?.sequencer === removal.sequencer && record.status === 'removed';
  // Whoever deletes what S3 has removed deletes the versions that are left.
  if (isRemoved && !isLost && !(removal.deletesObject && record.olderBytes)) return undefined;
  const deletesObject = removal.deletesObject ?? (record?.status === 'removed' && record.deletesObject);
  return {
    imageId: removal.imageId,
    name: removal.name,
    status: 'removed',
    // Words that people changed meanwhile go, too.
    sequencer: record && record.sequencer > removal.sequencer ? record.sequencer : removal.sequencer,
    ...(deletesObject && { deletesObject }),
    object: removal.object,
    // A deletion that is asked of us takes every version.
    ...(!deletesObject && olderAfter(record, removal.leavesVersion ? (record?.bytes ?? 0) : 0, nowMs)),
    source: record?.source ?? 'upload',
    mayBeIndexed: record?.mayBeIndexed ?? removal.mayBeIndexed ?? false,
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
      readonly object?: SeenObject | null;
      readonly thumbnailsOf?: Sequencer;
    }
  | { readonly status: 'searchable' }
  | { readonly status: 'waiting'; readonly waiting: Waiting; readonly thumbnailsOf?: Sequencer }
  | { readonly status: 'failed'; readonly failure: ImageFailure; readonly facts?: ImageFacts };

/** The record after a step; its sequencer stays, since the step speaks of the state that it read. */
export function afterProgress(record: ImageRecord, progress: StepOutcome, nowMs: number): ImageRecord {
  const { failure: _failure, waiting: _waiting, counted, ...rest } = record;
  return {
    ...rest,
    ...(counted && (progress.status === 'failed' || progress.status === 'waiting') && { counted }),
    ...progress,
    mayBeIndexed: record.mayBeIndexed || progress.status === 'described',
    updatedAtMs: nowMs,
    revision: record.revision + 1,
  };
}

/**
 * The record once people have changed words that are there: a state of its own, which is still to be indexed.
 * @param people undefined where they took back all that they changed
 */
export function afterWordEdit(
  { people: _before, ...record }: ImageRecord,
  people: PeoplesWords | undefined,
  nowMs: number,
): ImageRecord {
  return {
    ...record,
    ...(people && { people }),
    status: 'described',
    sequencer: sequencerAfter(record.sequencer, nowMs),
    editedFrom: record.editedFrom ?? record.sequencer,
    updatedAtMs: nowMs,
    revision: record.revision + 1,
  };
}

/** The record once people have changed words that are still to come. It waits as long as before for them. */
export function afterEarlyWordEdit(
  { people: _before, ...record }: ImageRecord,
  people: PeoplesWords | undefined,
): ImageRecord {
  return { ...record, ...(people && { people }), revision: record.revision + 1 };
}

/** Whether a record is of this state of a picture, or of one that differs from it by the words of people alone. */
export const isOfDescription = (record: ImageRecord, sequencer: Sequencer): boolean =>
  record.status !== 'removed' && (record.sequencer === sequencer || record.editedFrom === sequencer);

/** Whether other words came than those of this state: what people changed of it since is no reason to keep it. */
const isOfLaterWords = ({ sequencer, editedFrom = sequencer }: ImageRecord, state: Sequencer): boolean =>
  editedFrom > state;

/** Whether this state of an image has no words yet, and may still get some. */
export const isUndescribed = ({ status }: Pick<ImageRecord, 'status'>): boolean =>
  status === 'received' || status === 'waiting' || status === 'failed';

const HOUR_MS = 3_600_000;

/**
 * Whether no words of an image are to be in the index. Of one that failed or waits, also words of earlier pictures are taken out, within
 * minutes.
 */
export const isWithoutWords = ({ status, mayBeIndexed, updatedAtMs }: ImageRecord, nowMs: number): boolean =>
  (status === 'removed' && !mayBeIndexed) ||
  ((status === 'failed' || status === 'waiting') && updatedAtMs <= nowMs - HOUR_MS);

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

/** What is stored under the key of an image. */
export interface StoredBytes {
  /** 0 where nothing is there but older versions. */
  readonly current: number;
  readonly older: number;
  /** When the key changed last: from then on the bucket keeps older versions for so many days. */
  readonly changedAtMs: number;
}

/** The record once somebody has counted what is in the bucket. */
export function afterCount(
  { bytes: _bytes, ...record }: ImageRecord,
  { current, older, changedAtMs }: StoredBytes,
  nowMs: number,
): ImageRecord {
  const counted = { ...record, ...(current > 0 && { bytes: current }) };
  if (older === 0) return afterExpiry(counted);
  // A lifecycle may be a day late.
  const olderUntilMs = Math.max(changedAtMs + OLDER_VERSIONS_KEPT_DAYS * DAY_MS, nowMs + DAY_MS);
  return { ...counted, olderBytes: older, olderUntilMs, revision: record.revision + 1 };
}
