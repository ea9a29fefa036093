/** What is brighter than this on average, of 255, would be lost on white. */
const BRIGHT = 192;
/** Parts of red, green and blue in the brightness of a colour: ITU-R BT.601, section 2.5.1. */
const PARTS = [0.299, 0.587, 0.114] as const;

/**
 * The colour that shows through a picture with transparency: white, as on paper; black where nearly all that is seen is bright, as a
 * white drawing is.
 * @param pixels red, green, blue and opacity, a byte each, row by row
 */
export function backgroundFor(pixels: Uint8Array): 'white' | 'black' {
  let brightness = 0;
  let opacity = 0;
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const seen = pixels[at + 3]!;
    opacity += seen;
    brightness += seen * (PARTS[0] * pixels[at]! + PARTS[1] * pixels[at + 1]! + PARTS[2] * pixels[at + 2]!);
  }
  return brightness > BRIGHT * opacity ? 'black' : 'white';
}
