import type { ImageFailure, ImageRecord, ImageStatus } from './image.ts';
import type { ImageId, Sequencer } from './ids.ts';

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

export function imageEventOf({
  imageId,
  name,
  status,
  sequencer,
  failure,
  updatedAtMs,
}: ImageRecord): ImageEvent {
  return {
    id: `${imageId}-${sequencer}-${status}`,
    atMs: updatedAtMs,
    image: { id: imageId, name, status, sequencer, ...(failure && { failure }) },
  };
}
