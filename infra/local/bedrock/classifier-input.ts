/** Side of the square picture that EfficientNet-Lite2 sees, in pixels. */
export const CLASSIFIER_SIDE_PX = 260;
/** Mean and deviation of all channels, as in training. */
const MEAN = 127;
const DEVIATION = 128;

/** A square of CLASSIFIER_SIDE_PX a side, three bytes a pixel in the order red, green, blue, as the network's input in the same order. */
export function toClassifierInput(rgb: Uint8Array): Float32Array {
  return Float32Array.from(rgb, (value) => (value - MEAN) / DEVIATION);
}
