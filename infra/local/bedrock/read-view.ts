import sharp from 'sharp';
import { ConverseError, type ImageBlock } from './converse-protocol.ts';
import { CLASSIFIER_SIDE_PX } from './classifier-input.ts';
import { INPUT_SIZE_PX } from './nanodet-decode.ts';
import type { RgbPixels } from './nanodet-input.ts';

/** Amazon Bedrock's limit for a picture's width and height. */
const MAX_SIDE_PX = 8_000;
/** Colours are counted in this many pixels a side. */
const COLOUR_SIDE_PX = 64;

/** One picture in the sizes that are looked at. */
export interface ViewPixels {
  /** The longer side is INPUT_SIZE_PX. */
  readonly forDetector: RgbPixels;
  /** The largest square in the middle, CLASSIFIER_SIDE_PX a side, three bytes a pixel. */
  readonly forClassifier: Uint8Array;
  /** Squeezed to a small square. */
  readonly forColours: Uint8Array;
}

/** Decodes a picture upright, in sRGB, transparency on white. @throws ConverseError ValidationException if it is none. */
export async function readView({ format, source }: ImageBlock['image']): Promise<ViewPixels> {
  try {
    const image = sharp(source.bytes, { limitInputPixels: MAX_SIDE_PX * MAX_SIDE_PX });
    const metadata = await image.metadata();
    if (metadata.format !== format) {
      throw invalid(`the image is declared as ${format} and its bytes are ${metadata.format}`);
    }
    if (Math.max(metadata.width, metadata.height) > MAX_SIDE_PX) {
      throw invalid(`the image has more than ${MAX_SIDE_PX} pixels a side`);
    }
    const upright = image.autoOrient().toColourspace('srgb').flatten({ background: 'white' });
    const forClassifier = await upright
      .clone()
      .resize(CLASSIFIER_SIDE_PX, CLASSIFIER_SIDE_PX, { fit: 'cover' })
      .raw()
      .toBuffer();
    const { data: rgb, info } = await upright
      .resize(INPUT_SIZE_PX, INPUT_SIZE_PX, { fit: 'inside' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const forColours = await sharp(rgb, { raw: { width: info.width, height: info.height, channels: 3 } })
      .resize(COLOUR_SIDE_PX, COLOUR_SIDE_PX, { fit: 'fill' })
      .raw()
      .toBuffer();
    return { forDetector: { widthPx: info.width, heightPx: info.height, rgb }, forClassifier, forColours };
  } catch (error) {
    if (error instanceof ConverseError) throw error;
    throw invalid(`the image cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function invalid(message: string): ConverseError {
  return new ConverseError('ValidationException', message);
}
