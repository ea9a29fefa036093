import type { FileWords } from '../domain/gloss.ts';
import type { ImageFacts } from '../domain/image.ts';
import type { TenantId } from '../domain/ids.ts';
import type { CropPolicy } from '../domain/tenant.ts';
import type { View } from '../domain/view.ts';

/** What is wanted of a picture, and what it may be at most. */
export interface DecodeWish {
  readonly cropPolicy: CropPolicy;
  readonly maxBytes: number;
  readonly maxPixels: number;
  /** Whether to say where the picture was taken; not when left out. */
  readonly readsPlace?: boolean;
}

/** A view as JPEGs: the one that the model is shown, and the small one for lists. */
export interface ViewPictures {
  readonly view: View;
  /** Longer side at most 1,024 px. */
  readonly picture: Uint8Array;
  /** Longer side at most 480 px. */
  readonly thumbnail: Uint8Array;
}

/** What people and cameras wrote into the file; at most 64 KB of text. */
export type WrittenInFile = Omit<FileWords, 'name' | 'storedOn'>;

/** A picture that was decoded once, upright, in sRGB, as the views that the crop policy asks for. */
export interface DecodedPicture {
  readonly facts: ImageFacts;
  readonly views: readonly ViewPictures[];
  readonly written: WrittenInFile;
}

/** With what is known of its file. */
export interface DecodedFile extends DecodedPicture {
  /** 64 hexadecimal digits; absent where the decoder does not say. */
  readonly sha256?: string;
}

/** Where a picture is: one version of an object, or where the bucket keeps none, what is under the key. */
export interface PicturePlace {
  readonly key: string;
  readonly versionId?: string | undefined;
}

export interface PictureDecoder {
  /**
   * @param giveUp aborted when nobody waits for the picture any more
   * @throws GlossError for good: `not_found`, `unsupported` (no picture, or a format that is not read), `too_large` (bytes, pixels,
   * scans, or what decoding takes: `too_costly`, `too_much_memory`), `corrupt` (cannot be decoded, or makes its decoder crash);
   * for now: `throttled`, `unavailable`
   */
  decode(tenant: TenantId, place: PicturePlace, wish: DecodeWish, giveUp?: AbortSignal): Promise<DecodedFile>;
}
