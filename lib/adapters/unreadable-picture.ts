import { GlossError } from '../domain/errors.ts';

/** Of a file that begins as a picture and cannot be decoded. */
export const unreadable = (
  cause: unknown,
  what = 'the picture cannot be decoded: the file is damaged or ends too early',
): GlossError => new GlossError('corrupt', 'unreadable', what, { cause });
