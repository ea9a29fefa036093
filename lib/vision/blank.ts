/** A channel that varies by less over the whole picture shows nothing. */
const LEAST_RANGE = 24;
/** Less opacity than this is not seen. */
const LEAST_OPACITY = 32;

/**
 * Whether nothing is to be seen: no opaque pixel, or one colour all over.
 * @param pixels red, green, blue and opacity, a byte each
 */
export function isBlank(pixels: Uint8Array): boolean {
  const least = [255, 255, 255, 255];
  const most = [0, 0, 0, 0];
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const isSeen = pixels[at + 3]! >= LEAST_OPACITY;
    for (let channel = isSeen ? 0 : 3; channel < 4; channel += 1) {
      const value = pixels[at + channel]!;
      if (value < least[channel]!) least[channel] = value;
      if (value > most[channel]!) most[channel] = value;
    }
  }
  return most[3]! < LEAST_OPACITY || most.every((value, channel) => value - least[channel]! < LEAST_RANGE);
}
