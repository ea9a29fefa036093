import type { ImageFailure, ImageRecord, ImageStatus } from './image.ts';
import type { ImageId, Sequencer } from './ids.ts';
import type { Tenant } from './tenant.ts';

/** How an image stands, as it is told to whoever wants to hear of it. */
export interface ImageEvent {
  /** The same whenever the same state is told again. */
  readonly id: string;
  readonly atMs: number;
  readonly image: {
    readonly id: ImageId;
    readonly name: string;
    readonly status: ImageStatus;
    readonly sequencer: Sequencer;
    readonly failure?: ImageFailure;
  };
}

export function imageEventOf(
  { incarnation }: Pick<Tenant, 'incarnation'>,
  { imageId, name, status, sequencer, failure, updatedAtMs, arrivedAtMs, createdAtMs }: ImageRecord,
): ImageEvent {
  // S3 tells of the removal that was asked of us once more, with a number of its own: it is the removal of the same arrival.
  const state = status === 'removed' ? `${arrivedAtMs ?? createdAtMs}` : sequencer;
  return {
    // With the incarnation: a receiver drops what it has heard before, perhaps of an earlier tenant of this name.
    id: `${incarnation}-${imageId}-${state}-${status}`,
    atMs: updatedAtMs,
    image: { id: imageId, name, status, sequencer, ...(failure && { failure }) },
  };
}
