import type { Readable, Writable } from 'node:stream';
import { GlossError } from '../domain/errors.ts';
import type { DecodedPicture, DecodeWish } from '../ports/picture-decoder.ts';
import type { DecodeAnswer } from './decode-protocol.ts';
import { FrameReader, writeFrame } from './frames.ts';

/** More than any picture that is let in. */
const MAX_FRAME_BYTES = 2 ** 30;

/**
 * The child's side of decode-process.ts: says that it is there, then reads a wish and a picture and writes the answer, until there are no more. What is no
 * GlossError ends it.
 */
export async function decodeFrames(
  input: Readable,
  output: Writable,
  decode: (bytes: Uint8Array, wish: DecodeWish) => Promise<DecodedPicture>,
): Promise<void> {
  writeFrame(output, Buffer.from('{}')); // all is loaded
  const frames = new FrameReader(input, MAX_FRAME_BYTES);
  for (;;) {
    const wish = await frames.next();
    const bytes = await frames.next();
    if (!wish || !bytes) return;
    const answer = await answerTo(() =>
      decode(bytes, JSON.parse(Buffer.from(wish).toString()) as DecodeWish),
    );
    writeFrame(output, Buffer.from(JSON.stringify(answer)));
  }
}

async function answerTo(decode: () => Promise<DecodedPicture>): Promise<DecodeAnswer> {
  try {
    const { facts, views, written } = await decode();
    return {
      facts,
      written,
      views: views.map(({ view, picture, thumbnail }) => ({
        view: { ...view, box: view.box! } as never,
        picture: Buffer.from(picture).toString('base64'),
        thumbnail: Buffer.from(thumbnail).toString('base64'),
      })),
    };
  } catch (error) {
    if (!(error instanceof GlossError)) throw error;
    const { kind, code, message } = error;
    return { refused: { kind, code, message } };
  }
}
