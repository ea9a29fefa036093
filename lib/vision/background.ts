/** What lies behind a picture with transparency, a grey from 0 to 255: white as on paper, otherwise black, otherwise the middle. */
const BACKGROUNDS = [255, 0, 128] as const;
/** Of 255: what differs by less from what lies behind it is lost on it. */
const LEAST_CONTRAST = 64;
/** The part of an outline that may be lost on white. */
const MOST_LOST = 0.25;
const OPAQUE = 128;
/** Parts of red, green and blue in the brightness of a colour: ITU-R BT.601, section 2.5.1. */
const PARTS = [0.299, 0.587, 0.114] as const;

/**
 * The grey that shows through a picture with transparency, so that its outline is seen: white, unless a quarter of what borders on
 * something transparent would be lost on it; then the one on which least is.
 * @param pixels red, green, blue and opacity, a byte each, row by row
 */
export function backgroundFor(pixels: Uint8Array, widthPx: number): number {
  const lost = BACKGROUNDS.map(() => 0);
  let outline = 0;
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    if (!bordersOnNothing(pixels, at, widthPx)) continue;
    outline += 1;
    const brightness = PARTS[0] * pixels[at]! + PARTS[1] * pixels[at + 1]! + PARTS[2] * pixels[at + 2]!;
    for (const [i, background] of BACKGROUNDS.entries())
      if (Math.abs(brightness - background) < LEAST_CONTRAST) lost[i]! += 1;
  }
  if (lost[0]! <= MOST_LOST * outline) return BACKGROUNDS[0];
  return BACKGROUNDS[lost.indexOf(Math.min(...lost))]!;
}

/** Whether a pixel is seen and one beside it, above it or below it is not. */
function bordersOnNothing(pixels: Uint8Array, at: number, widthPx: number): boolean {
  const opacityAt = (place: number) => pixels[place + 3] ?? 255;
  if (opacityAt(at) < OPAQUE) return false;
  const row = 4 * widthPx;
  const column = at % row;
  return (
    (column > 0 && opacityAt(at - 4) < OPAQUE) ||
    (column + 4 < row && opacityAt(at + 4) < OPAQUE) ||
    opacityAt(at - row) < OPAQUE ||
    opacityAt(at + row) < OPAQUE
  );
}
