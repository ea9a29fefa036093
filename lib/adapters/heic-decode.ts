import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import type { ReadPixels } from './read-pixels.ts';
import { unreadable } from './unreadable-picture.ts';

/** What is used of libheif, compiled to WebAssembly (docs/adr/0146-more-formats.md). */
interface LibHeif {
  readonly HeifDecoder: new () => { decode(file: Uint8Array): readonly HeifImage[] };
}
interface HeifImage {
  get_width(): number;
  get_height(): number;
  is_primary(): boolean;
  /** Upright, in the colours of the file's profile. Null where it cannot be decoded. */
  display(
    into: { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number },
    done: (image: { readonly data: Uint8ClampedArray } | null) => void,
  ): void;
  free(): void;
}

const require = createRequire(import.meta.url);
/** Unchanged, and from its own package, so that whoever runs the service can put another build in its place: LGPL-3.0, 4 d. */
const load = async (): Promise<LibHeif> => {
  const wasmBinary = await readFile(require.resolve('libheif-js/libheif-wasm/libheif.wasm'));
  const make = require('libheif-js/libheif-wasm/libheif.js') as (options: object) => LibHeif;
  // It tells of every damaged file on the standard output.
  return make({ wasmBinary, print: () => undefined, printErr: () => undefined });
};
let loaded: Promise<LibHeif> | undefined;

/** Those with tables take up to 3 MB. */
const MAX_PROFILE_BYTES = 4_000_000;

/** Decodes the main picture of a HEIC. libvips knows the container, and so the size and what people wrote, but not the coding. */
export const readHeic: ReadPixels = async (file, check) => {
  const {
    width,
    height,
    pages = 1,
    exif,
    xmp,
    icc,
  } = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw unreadable(cause);
    });
  check(width, height);
  const { HeifDecoder } = await (loaded ??= load());
  const images = new HeifDecoder().decode(file);
  const main = images.find((image) => image.is_primary()) ?? images[0];
  if (!main) throw unreadable(undefined);
  try {
    const [widthPx, heightPx] = [main.get_width(), main.get_height()];
    check(widthPx, heightPx);
    const pixels = await pixelsOf(main, widthPx, heightPx);
    return {
      pixels,
      widthPx,
      heightPx,
      channels: 4,
      ...(icc && icc.length <= MAX_PROFILE_BYTES && { profile: icc }),
      blocks: { ...(exif && { exif }), ...(xmp && { xmp }) },
      notes: pages > 1 ? ['one_of_several'] : [],
    };
  } finally {
    for (const image of images) image.free();
  }
};

function pixelsOf(image: HeifImage, width: number, height: number): Promise<Uint8Array> {
  const data = new Uint8ClampedArray(4 * width * height);
  return new Promise((resolve, reject) => {
    image.display({ data, width, height }, (shown) => {
      if (shown) resolve(new Uint8Array(data.buffer));
      else reject(unreadable(undefined));
    });
  });
}
