import type { ImageFailure } from '../../domain/image.ts';
import type { ImageId, Sequencer, TenantId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { IndexMessage } from '../../domain/messages.ts';
import type { SeenObject } from '../../domain/seen-object.ts';
import type { CropPolicy } from '../../domain/tenant.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { PictureDecoder } from '../../ports/picture-decoder.ts';
import type { Usage } from '../../ports/usage.ts';
import type { Reservations } from '../../ports/reservations.ts';
import type { VisionModel } from '../../ports/vision-model.ts';
import type { IndexWriterDeps } from '../index/index-writer.ts';
import type { WaitingImages, WaitingTenants } from '../../ports/waiting-images.ts';
import type { QuotaLimits } from './check-quota.ts';
import type { Wait } from './wait.ts';

export interface DescribeDeps extends IndexWriterDeps {
  readonly records: ImageRecords;
  readonly glosses: Glosses;
  readonly objects: ObjectStore;
  readonly reservations: Pick<Reservations, 'release'>;
  readonly decoder: PictureDecoder;
  readonly model: VisionModel;
  readonly usage: Usage;
  readonly indexQueue: MessageQueue<IndexMessage>;
  readonly waiting: Pick<WaitingImages, 'add'>;
  readonly waitingTenants: Pick<WaitingTenants, 'addName'>;
  readonly settings: DescribeSettings;
  /** Hears of uploads that failed, and why. */
  readonly onFailed?: (event: UploadEvent, failure: ImageFailure) => void;
}

export interface DescribeSettings {
  readonly cropPolicy: CropPolicy;
  /** About a whole picture; one when left out. */
  readonly asks?: number;
  /** That the model is asked to write in; English when left out. */
  readonly language?: Language;
  readonly maxBytes: number;
  readonly maxPixels: number;
  /** Whether to keep where pictures were taken; not when left out. */
  readonly readsPlace?: boolean;
  /** Of what the tenant may have in all. */
  readonly limits: QuotaLimits;
}

/** One upload as S3 told of it, whether the API had been asked before or not. */
export interface UploadEvent {
  readonly tenant: TenantId;
  readonly imageId: ImageId;
  readonly name: string;
  readonly key: string;
  readonly sequencer: Sequencer;
  readonly bytes: number;
  /** Whether nobody uploaded it anew. */
  readonly again?: true;
  /** Whether it waited, and its wait is over. */
  readonly woken?: true;
  /** When it came into the bucket; absent where its event does not say. */
  readonly atMs?: number | undefined;
}

/** An upload with what is under its key now: the picture that is described, so that no other takes its place on the way. */
export interface FoundUpload extends UploadEvent {
  readonly object: SeenObject;
}

/** An event whose upload is to be described. */
export interface DescribeEvent extends UploadEvent {
  /** Whether the queue gives up after this attempt: then the image fails instead of staying in the air. */
  readonly lastAttempt: boolean;
  /** Why it cannot be described now, whatever the picture is. */
  readonly mustWait?: Wait;
  /** Aborted shortly before the worker's time is over, so that there is time left to say what became of the image. */
  readonly timeIsUp: AbortSignal;
}

/** An upload that is to be described. */
export type DescribeRequest = DescribeEvent & FoundUpload;

/**
 * described: has a gloss; waiting: it goes on by itself; done before: an event that came twice or late; gone: removed meanwhile;
 * failed: for good; stray: belongs to no tenant.
 */
export type DescribeOutcome = 'described' | 'waiting' | 'done before' | 'gone' | 'failed' | 'stray';
