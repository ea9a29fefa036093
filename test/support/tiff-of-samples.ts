/** How a TIFF writes a sample: tag SampleFormat of "TIFF, Revision 6.0", section 19, and its bits. */
const KINDS = {
  half: {
    format: 3,
    bits: 16,
    write: (view: DataView, at: number, value: number) => view.setFloat16(at, value, true),
  },
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

/** Of tag types ASCII, SHORT and LONG, the bytes of a value. */
const BYTES_OF_TYPE = { 2: 1, 3: 2, 4: 4 } as const;

interface Field {
  readonly tag: number;
  readonly type: keyof typeof BYTES_OF_TYPE;
  readonly values: readonly number[];
}

interface Said {
  /** PhotometricInterpretation 0: of grey, zero is white. */
  readonly isWhiteZero?: boolean;
  /** GDAL_NODATA, tag 42113 of GDAL's GTiff driver: the number of what was not measured. */
  readonly noData?: string;
}

/**
 * A TIFF of one strip, not compressed.
 * @param samples row by row; 1 (grey), 3 (colours) or 4 (and opacity) for each pixel
 */
export function tiffOfSamples(
  kind: SampleKind,
  width: number,
  height: number,
  samples: readonly number[],
  { isWhiteZero = false, noData }: Said = {},
): Uint8Array {
  const { format, bits, write } = KINDS[kind];
  const channels = samples.length / (width * height);
  const each = (value: number) => Array.from({ length: channels }, () => value);
  const shorts = (tag: number, values: readonly number[]): Field => ({ tag, type: 3, values });
  const long = (tag: number, value: number): Field => ({ tag, type: 4, values: [value] });
  const ascii = (tag: number, text: string): Field => ({
    tag,
    type: 2,
    values: Buffer.from(`${text}\0`).toJSON().data,
  });
  const grey = isWhiteZero ? 0 : 1;
  const dataBytes = (samples.length * bits) / 8;
  const fields = [
    long(256, width),
    long(257, height),
    shorts(258, each(bits)),
    shorts(259, [1]),
    shorts(262, [channels < 3 ? grey : 2]),
    long(273, 8),
    shorts(277, [channels]),
    long(278, height),
    long(279, dataBytes),
    ...(channels === 4 ? [shorts(338, [2])] : []),
    shorts(339, each(format)),
    ...(noData === undefined ? [] : [ascii(42_113, noData)]),
  ];
  const directory = 8 + dataBytes + (dataBytes % 2);
  let free = directory + 2 + 12 * fields.length + 4;
  const bytesOf = ({ type, values }: Field) => BYTES_OF_TYPE[type] * values.length;
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, field) => sum + bytesOf(field), free)));
  view.setUint32(0, 0x49_49_2a_00);
  view.setUint32(4, directory, true);
  samples.forEach((value, i) => write(view, 8 + (i * bits) / 8, value));
  view.setUint16(directory, fields.length, true);
  fields.forEach((field, i) => {
    const { tag, type, values } = field;
    const entry = directory + 2 + 12 * i;
    view.setUint16(entry, tag, true);
    view.setUint16(entry + 2, type, true);
    view.setUint32(entry + 4, values.length, true);
    const isInside = bytesOf(field) <= 4;
    const place = isInside ? entry + 8 : free;
    if (!isInside) {
      view.setUint32(entry + 8, free, true);
      free += bytesOf(field);
    }
    values.forEach((value, at) => {
      if (type === 4) view.setUint32(place + 4 * at, value, true);
      else if (type === 3) view.setUint16(place + 2 * at, value, true);
      else view.setUint8(place + at, value);
    });
  });
  return new Uint8Array(view.buffer);
}
