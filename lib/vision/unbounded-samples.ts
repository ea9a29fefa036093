import type { TiffSamples } from './tiff-samples.ts';

/** Samples that are looked at to see where they lie. */
const LOOKED_AT = 50_000;
/** What a smaller copy overshoots at edges. */
const TOLERANCE = 0.02;
/** White in files that keep bytes, or integers of 15, 16 or 32 bits, as they were. */
const WHITES = [255, 32_767, 65_535, 4_294_967_295] as const;
/** What keeps such bounds comes so near to white. */
const LEAST_WHITE = 0.6;
/** Of what has no such bounds, so much at each end is black or white. */
const CUT = 0.01;
/** From 0 to 1 lies what has at most so much above 1: highlights. */
const HIGHLIGHTS = 0.05;
/** Where half of what is shown is darker, it is light and not yet brightness as screens have it. */
const DARK = 0.25;

/** Red, green and blue of each pixel, and its opacity where there is one. */
interface Bytes {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly channels: 3 | 4;
}

/** What becomes black and white; black is the higher number where the file says so. */
interface Range {
  readonly black: number;
  readonly white: number;
  /** They are amounts of light, which sRGB has as its curve says. */
  readonly isLight: boolean;
}

/**
 * Samples without bounds of their own, as bytes of sRGB: what a file means by its numbers is not written in it. What lies from 0 to 1 is light, and what of it lies beyond
 * is cut off. What lies from 0 to 255, or to another usual white, keeps that. Everything else goes from black at its lowest to white at its highest, without a
 * hundredth at each end. What is no number, or the one that stands for none, is black.
 * @param all of grey, or of red, green and blue, and of opacity as the second or fourth; row by row
 * @param channels 1 to 4
 */
export function bytesOfUnbounded(
  all: Float32Array,
  channels: number,
  { isWhiteZero, noData }: TiffSamples = { isWhiteZero: false },
): Bytes {
  const samples = noData === undefined ? all : all.map((sample) => (sample === noData ? NaN : sample));
  const hasOpacity = channels % 2 === 0;
  const colours = hasOpacity ? channels - 1 : channels;
  const range = rangeOf(
    lookedAt(samples, channels, (channel) => channel < colours),
    isWhiteZero,
  );
  const opaque = hasOpacity
    ? Math.max(1, lookedAt(samples, channels, (channel) => channel === colours).at(-1) ?? 1)
    : 1;
  const outChannels = hasOpacity ? 4 : 3;
  const bytes = new Uint8Array((samples.length / channels) * outChannels);
  for (let from = 0, to = 0; from < samples.length; from += channels, to += outChannels) {
    for (let colour = 0; colour < 3; colour += 1)
      bytes[to + colour] = byteOf(samples[from + (colours === 1 ? 0 : colour)]!, range);
    if (hasOpacity) bytes[to + 3] = 255 * within(samples[from + colours]! / opaque);
  }
  return { pixels: bytes, channels: outChannels };
}

/** Of the wanted channels those that are numbers, in ascending order. */
function lookedAt(
  samples: Float32Array,
  channels: number,
  isWanted: (channel: number) => boolean,
): Float32Array {
  const step = channels * Math.max(1, Math.floor(samples.length / channels / LOOKED_AT));
  const found: number[] = [];
  for (let pixel = 0; pixel < samples.length; pixel += step)
    for (let channel = 0; channel < channels; channel += 1) {
      const value = samples[pixel + channel]!;
      if (isWanted(channel) && Number.isFinite(value)) found.push(value);
    }
  return Float32Array.from(found).sort();
}

function rangeOf(sorted: Float32Array, isWhiteZero: boolean): Range {
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const between = (low: number, high: number) =>
    isWhiteZero ? { black: high, white: low } : { black: low, white: high };
  if (at(CUT) >= -TOLERANCE && at(1 - HIGHLIGHTS) <= 1 + TOLERANCE)
    return { ...between(0, 1), isLight: true };
  const usual = WHITES.find((one) => at(1) <= one);
  if (at(0) >= 0 && usual !== undefined && at(1 - CUT) >= LEAST_WHITE * usual)
    return { ...between(0, usual), isLight: false };
  const range = at(CUT) < at(1 - CUT) ? between(at(CUT), at(1 - CUT)) : between(at(0), at(1));
  return { ...range, isLight: shareOf(at(0.5), range) < DARK };
}

function byteOf(sample: number, range: Range): number {
  const share = within(shareOf(sample, range));
  return Math.round(255 * (range.isLight ? brightnessOf(share) : share));
}

const shareOf = (sample: number, { black, white }: Omit<Range, 'isLight'>): number =>
  (sample - black) / (white - black);

/** NaN, too, is 0. */
const within = (share: number): number => (share > 0 ? Math.min(1, share) : 0);

/** Of sRGB: IEC 61966-2-1, 5.2. */
const brightnessOf = (light: number): number =>
  light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
