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

/** From where to where samples lie, which become black and white. */
interface Range {
  readonly low: number;
  readonly high: number;
  /** They are amounts of light, which sRGB has as its curve says. */
  readonly isLight: boolean;
}

/**
 * Samples without bounds of their own, as bytes of sRGB: what a file means by its numbers is not written in it. What lies from 0 to 1 is light, and what of it lies beyond
 * is cut off. What lies from 0 to 255, or to another usual white, keeps that. Everything else goes from black at its lowest to white at its highest, without a
 * hundredth at each end. What is no number is black.
 * @param samples of grey, or of red, green and blue, and of opacity as the second or fourth; row by row
 * @param channels 1 to 4
 */
export function bytesOfUnbounded(samples: Float32Array, channels: number): Bytes {
  const hasOpacity = channels % 2 === 0;
  const colours = hasOpacity ? channels - 1 : channels;
  const range = rangeOf(lookedAt(samples, channels, (channel) => channel < colours));
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

function rangeOf(sorted: Float32Array): Range {
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  if (at(CUT) >= -TOLERANCE && at(1 - HIGHLIGHTS) <= 1 + TOLERANCE) return { low: 0, high: 1, isLight: true };
  const white = WHITES.find((one) => at(1) <= one);
  if (at(0) >= 0 && white !== undefined && at(1 - CUT) >= LEAST_WHITE * white)
    return { low: 0, high: white, isLight: false };
  const [low, high] = at(CUT) < at(1 - CUT) ? [at(CUT), at(1 - CUT)] : [at(0), at(1)];
  return { low, high, isLight: (at(0.5) - low) / (high - low) < DARK };
}

function byteOf(sample: number, { low, high, isLight }: Range): number {
  const share = within((sample - low) / (high - low));
  return Math.round(255 * (isLight ? brightnessOf(share) : share));
}

/** NaN, too, is 0. */
const within = (share: number): number => (share > 0 ? Math.min(1, share) : 0);

/** Of sRGB: IEC 61966-2-1, 5.2. */
const brightnessOf = (light: number): number =>
  light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
