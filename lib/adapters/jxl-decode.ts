import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { initSync, JxlImage } from 'jxl-oxide-wasm';
import { jxlBoxes, jxlHeader, type JxlBox } from '../vision/jxl-header.ts';
import type { ReadPixels } from './read-pixels.ts';
import type { MetadataBlocks } from './read-file-words.ts';
import { unreadable } from './unreadable-picture.ts';

const require = createRequire(import.meta.url);
let isLoaded = false;

async function load(): Promise<void> {
  if (isLoaded) return;
  const folder = dirname(require.resolve('jxl-oxide-wasm/package.json'));
  initSync({ module: await readFile(join(folder, 'jxl_oxide_wasm_bg.wasm')) });
  isLoaded = true;
}

/** Decodes a JPEG XL, its first frame, in sRGB. */
export const readJxl: ReadPixels = async (file, check) => {
  const boxes = jxlBoxes(file);
  const header = jxlHeader(boxes);
  if (!header) throw unreadable(undefined);
  check(header.widthPx, header.heightPx);
  await load();
  const image = new JxlImage();
  try {
    image.forceSrgb = true;
    image.feedBytes(file);
    if (!image.tryInit() || !image.loaded) throw new Error('it ends too early');
    const pixels = image.render().encodeToPng(); // which also frees what was rendered
    return {
      pixels,
      widthPx: image.width!,
      heightPx: image.height!,
      blocks: blocksIn(boxes),
      notes: header.isAnimated ? ['one_of_several'] : [],
    };
  } catch (cause) {
    throw unreadable(cause);
  } finally {
    image.free();
  }
};

/** More than is read of them anyway. */
const MAX_BLOCK_BYTES = 65_000;
/** Before the TIFF of EXIF: ISO/IEC 18181-2, 9.6. */
const EXIF_OFFSET_BYTES = 4;

/** What people wrote, plain or packed by Brotli. */
function blocksIn(boxes: readonly JxlBox[]): MetadataBlocks {
  const found = new Map(boxes.flatMap((box) => unpacked(box) ?? []).map(({ name, data }) => [name, data]));
  const [exif, xmp] = [found.get('Exif')?.subarray(EXIF_OFFSET_BYTES), found.get('xml ')];
  return { ...(exif && { exif }), ...(xmp && { xmp }) };
}

function unpacked(box: JxlBox): JxlBox | undefined {
  if (box.name !== 'brob') return box;
  const name = String.fromCharCode(...box.data.subarray(0, 4));
  try {
    const options = { maxOutputLength: MAX_BLOCK_BYTES };
    return { name, data: brotliDecompressSync(box.data.subarray(4), options) };
  } catch {
    return undefined; // damaged, or longer than any text of a person
  }
}
