import type { ImageFailure, ImageRecord, ImageStatus, Waiting } from './image.ts';
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
    /** With moments as text, as they are told. */
    readonly waiting?: Pick<Waiting, 'code' | 'reason'> & { readonly since: string; readonly until: string };
  };
}

export function imageEventOf(
  { incarnation }: Pick<Tenant, 'incarnation'>,
  { imageId, name, status, sequencer, failure, waiting, updatedAtMs, arrivedAtMs, createdAtMs }: ImageRecord,
): ImageEvent {
  // S3 tells of the removal that was asked of us once more, with a number of its own: it is the removal of the same arrival.
  const state = status === 'removed' ? `${arrivedAtMs ?? createdAtMs}` : sequencer;
  return {
    // With the incarnation: a receiver drops what it has heard before, perhaps of an earlier tenant of this name.
    id: `${incarnation}-${imageId}-${state}-${status}`,
    atMs: updatedAtMs,
    image: {
      id: imageId,
      name,
      status,
      sequencer,
      ...(failure && { failure }),
      ...(waiting && { waiting: told(waiting) }),
    },
  };
}

const told = ({ code, reason, sinceMs, untilMs }: Waiting) => ({
  code,
  reason,
  since: new Date(sinceMs).toISOString(),
  until: new Date(untilMs).toISOString(),
});
