/** How a TIFF writes a sample: tag SampleFormat of "TIFF, Revision 6.0", section 19, and its bits. */
const KINDS = {
  float: {
    format: 3,
    bits: 32,
    write: (view: DataView, at: number, value: number) => view.setFloat32(at, value, true),
  },
  double: {
    format: 3,
    bits: 64,
    write: (view: DataView, at: number, value: number) => view.setFloat64(at, value, true),
  },
  uint: {
    format: 1,
    bits: 32,
    write: (view: DataView, at: number, value: number) => view.setUint32(at, value, true),
  },
  short: {
    format: 2,
    bits: 16,
    write: (view: DataView, at: number, value: number) => view.setInt16(at, value, true),
  },
} as const;
export type SampleKind = keyof typeof KINDS;

/**
 * A TIFF of one strip, not compressed.
 * @param samples row by row; 1 (grey), 3 (colours) or 4 (and opacity) for each pixel
 */
export function tiffOfSamples(
  kind: SampleKind,
  width: number,
  height: number,
  samples: readonly number[],
): Uint8Array {
  const { format, bits, write } = KINDS[kind];
  const channels = samples.length / (width * height);
  const each = (value: number) => Array.from({ length: channels }, () => value);
  const shorts = (tag: number, values: readonly number[]) => ({ tag, type: 3, values });
  const long = (tag: number, value: number) => ({ tag, type: 4, values: [value] });
  const dataBytes = (samples.length * bits) / 8;
  const fields = [
    long(256, width),
    long(257, height),
    shorts(258, each(bits)),
    shorts(259, [1]),
    shorts(262, [channels < 3 ? 1 : 2]),
    long(273, 8),
    shorts(277, [channels]),
    long(278, height),
    long(279, dataBytes),
    ...(channels === 4 ? [shorts(338, [2])] : []),
    shorts(339, each(format)),
  ];
  const directory = 8 + dataBytes;
  let free = directory + 2 + 12 * fields.length + 4;
  const view = new DataView(new ArrayBuffer(free + fields.length * 8));
  view.setUint32(0, 0x49_49_2a_00);
  view.setUint32(4, directory, true);
  samples.forEach((value, i) => write(view, 8 + (i * bits) / 8, value));
  view.setUint16(directory, fields.length, true);
  fields.forEach(({ tag, type, values }, i) => {
    const entry = directory + 2 + 12 * i;
    view.setUint16(entry, tag, true);
    view.setUint16(entry + 2, type, true);
    view.setUint32(entry + 4, values.length, true);
    const isLong = type === 4;
    const place = isLong || values.length <= 2 ? entry + 8 : free;
    if (place === free) {
      view.setUint32(entry + 8, free, true);
      free += 8;
    }
    values.forEach((value, at) => {
      if (isLong) view.setUint32(place, value, true);
      else view.setUint16(place + 2 * at, value, true);
    });
  });
  return new Uint8Array(view.buffer);
}
