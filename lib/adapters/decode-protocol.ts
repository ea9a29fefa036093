import * as z from 'zod';
import { ERROR_KINDS, GlossError } from '../domain/errors.ts';
import { PICTURE_NOTES } from '../domain/picture-note.ts';
import { CROP_POLICIES } from '../domain/tenant.ts';
import type { DecodedFile } from '../ports/picture-decoder.ts';

const count = z.int().positive();

export const DecodeWishSchema = z.object({
  cropPolicy: z.enum(CROP_POLICIES),
  maxBytes: count,
  maxPixels: count,
  readsPlace: z.boolean().exactOptional(),
});

/** What the Decode function is asked. */
export const DecodeRequest = z.strictObject({
  /** Whose picture it is. It opens nothing: pictures of two tenants do not share a process. */
  owner: z.string().min(1),
  /** Signed, of the one object. */
  url: z.url(),
  wish: DecodeWishSchema,
});
export type DecodeRequest = z.infer<typeof DecodeRequest>;

const side = z.int().nonnegative();
const box = z.object({ left: side, top: side, width: side, height: side });

/** Texts of strangers: no longer than the reader leaves them. */
const Written = z.object({
  keywords: z.array(z.string().max(200)).max(200).readonly().exactOptional(),
  title: z.string().max(5_000).exactOptional(),
  description: z.string().max(20_000).exactOptional(),
  takenAt: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
    .exactOptional(),
  camera: z.string().max(201).exactOptional(),
  place: z
    .object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .exactOptional(),
});

/** Pictures as base64. */
const Decoded = z.object({
  facts: z.object({
    format: z.string(),
    widthPx: count,
    heightPx: count,
    notes: z.array(z.enum(PICTURE_NOTES)).readonly().exactOptional(),
  }),
  views: z
    .array(
      z.object({
        view: z.object({ index: side, kind: z.enum(['whole', 'crop']), box }),
        picture: z.string(),
        thumbnail: z.string(),
      }),
    )
    .min(1),
  // An older child says nothing of it.
  written: Written.default({}),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .exactOptional(),
});
const Refused = z.object({
  refused: z.object({ kind: z.enum(ERROR_KINDS), code: z.string(), message: z.string() }),
});

/** What it answers: the views, or why there are none. */
export const DecodeAnswer = z.union([Decoded, Refused]);
export type DecodeAnswer = z.infer<typeof DecodeAnswer>;

export const refusal = ({ kind, code, message }: GlossError): DecodeAnswer => ({
  refused: { kind, code, message },
});

/** @throws the GlossError that the answer tells of */
export function pictureOf(answer: DecodeAnswer): DecodedFile {
  if ('refused' in answer) {
    const { kind, code, message } = answer.refused;
    throw new GlossError(kind, code, message);
  }
  const { facts, views, written, sha256 } = answer;
  return {
    facts,
    written,
    ...(sha256 !== undefined && { sha256 }),
    views: views.map(({ view, picture, thumbnail }) => ({
      view,
      picture: Buffer.from(picture, 'base64'),
      thumbnail: Buffer.from(thumbnail, 'base64'),
    })),
  };
}
