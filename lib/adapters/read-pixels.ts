import type { PictureNote } from '../domain/picture-note.ts';
import type { MetadataBlocks } from './read-file-words.ts';

/** A decoded picture, upright. */
export interface ReadPicture {
  /** A byte a sample, row by row, of so many channels; or a PNG, which has no number of them. */
  readonly pixels: Uint8Array;
  readonly channels?: 3 | 4;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The colour profile that the pixels are in, of four channels; sRGB where it is absent. */
  readonly profile?: Uint8Array;
  readonly blocks: MetadataBlocks;
  readonly notes: readonly PictureNote[];
}

/**
 * Decodes what libvips does not read.
 * @param check is told the size before anything of that size is unpacked, and throws for one that is not taken
 * @throws GlossError `corrupt`, and what `check` throws
 */
export type ReadPixels = (
  file: Uint8Array,
  check: (widthPx: number, heightPx: number) => void,
) => Promise<ReadPicture>;
