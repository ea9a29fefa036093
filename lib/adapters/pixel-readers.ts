import type { ReadPixels } from './read-pixels.ts';

/** By format; each is loaded with its library when the first picture of its format comes. */
export const PIXEL_READERS: Readonly<Record<string, () => Promise<ReadPixels>>> = {
  bmp: async () => (await import('./bmp-decode.ts')).readBmp,
  heic: async () => (await import('./heic-decode.ts')).readHeic,
  jxl: async () => (await import('./jxl-decode.ts')).readJxl,
};
