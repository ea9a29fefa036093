/** The structure of cameras' raw files round any preview, with a few bytes where the sensor's data would be. */

interface Entry {
  readonly tag: number;
  readonly type: 'BYTE' | 'ASCII' | 'SHORT' | 'LONG';
  readonly values: readonly number[] | string;
}
/** Where data or another directory stands is known once all is laid out. */
interface Directory {
  readonly entries: readonly Entry[];
  /** Bytes of its own, and the tags that say where they stand and how many they are. */
  readonly data?: { readonly bytes: Uint8Array; readonly at: number; readonly length: number };
  readonly parts?: readonly Directory[];
}

const TYPES = { BYTE: [1, 1], ASCII: [2, 1], SHORT: [3, 2], LONG: [4, 4] } as const;
const SUB_DIRECTORIES = 330;
const STRIP = { at: 273, length: 279 } as const;
const JPEG = { at: 513, length: 514 } as const;

const short = (tag: number, ...values: number[]): Entry => ({ tag, type: 'SHORT', values });
const long = (tag: number, ...values: number[]): Entry => ({ tag, type: 'LONG', values });
const ascii = (tag: number, values: string): Entry => ({ tag, type: 'ASCII', values });

/** A TIFF of a chain of directories, little-endian. @param mark bytes between the header and the first directory */
function tiffOf(chain: readonly Directory[], mark: Uint8Array = new Uint8Array()): Buffer {
  const pieces: Buffer[] = [Buffer.from('II*\0\0\0\0\0', 'latin1'), Buffer.from(mark)];
  let length = 8 + mark.length;
  const put = (bytes: Uint8Array): number => {
    const at = length;
    pieces.push(Buffer.from(bytes), Buffer.alloc(bytes.length % 2));
    length += bytes.length + (bytes.length % 2);
    return at;
  };
  const lay = ({ entries, data, parts = [] }: Directory, next: number): number => {
    const own = data ? [long(data.at, put(data.bytes)), long(data.length, data.bytes.length)] : [];
    const subs = parts.length > 0 ? [long(SUB_DIRECTORIES, ...parts.map((part) => lay(part, 0)))] : [];
    const all = [...entries, ...own, ...subs].sort((a, b) => a.tag - b.tag);
    const table = Buffer.alloc(2 + 12 * all.length + 4);
    table.writeUInt16LE(all.length, 0);
    for (const [i, { tag, type, values }] of all.entries()) {
      const [code, size] = TYPES[type];
      const content = contentOf(values, size);
      const at = 2 + 12 * i;
      table.writeUInt16LE(tag, at);
      table.writeUInt16LE(code, at + 2);
      table.writeUInt32LE(content.length / size, at + 4);
      if (content.length <= 4) content.copy(table, at + 8);
      else table.writeUInt32LE(put(content), at + 8);
    }
    table.writeUInt32LE(next, table.length - 4);
    return put(table);
  };
  // From the last to the first, since each names the next.
  let next = 0;
  for (const directory of chain.toReversed()) next = lay(directory, next);
  const file = Buffer.concat(pieces);
  file.writeUInt32LE(next, 4);
  return file;
}

function contentOf(values: readonly number[] | string, size: 1 | 2 | 4): Buffer {
  if (typeof values === 'string') return Buffer.from(`${values}\0`, 'latin1');
  const content = Buffer.alloc(size * values.length);
  for (const [i, value] of values.entries()) content.writeUIntLE(value, size * i, size);
  return content;
}

/** As a lossless JPEG begins (SOF3), which a viewer does not read; longer than any preview of a test. */
const sensorData = (preview: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xc3, 0, 11, 14, 0, 8, 0, 8, 1, 1, 0x11, 0]),
    Buffer.alloc(preview.length + 1_000, 0x5a),
  ]);

const size = (width: number, height: number): Entry[] => [long(256, width), long(257, height)];
/** Of one colour, 8 x 6, as libvips would show it. */
const smallRgb = (more: readonly Entry[]): Directory => ({
  entries: [
    long(254, 1),
    ...size(8, 6),
    short(258, 8, 8, 8),
    short(259, 1),
    short(262, 2),
    short(277, 3),
    ...more,
  ],
  data: { bytes: Buffer.alloc(8 * 6 * 3, 0x7f), ...STRIP },
});
const sensor = (compression: number, preview: Uint8Array): Directory => ({
  entries: [long(254, 0), ...size(6_000, 4_000), short(258, 14), short(259, compression), short(262, 32_803)],
  data: { bytes: sensorData(preview), ...STRIP },
});

export interface RawOf {
  /** A JPEG. */
  readonly preview: Uint8Array;
  /** Of the whole, as EXIF numbers it. */
  readonly orientation?: number;
  /** A smaller JPEG that is there as well. */
  readonly thumbnail?: Uint8Array;
}

/** Files whose structure is that of the cameras, by format. */
export const RAW_FILES: Readonly<Record<'dng' | 'nef' | 'arw' | 'cr2', (of: RawOf) => Buffer>> = {
  dng: ({ preview, orientation = 1 }) =>
    tiffOf([
      {
        ...smallRgb([
          ascii(271, 'Gloss'),
          ascii(272, 'Test'),
          short(274, orientation),
          { tag: 50_706, type: 'BYTE', values: [1, 4, 0, 0] },
        ]),
        parts: [
          sensor(7, preview),
          {
            entries: [long(254, 1), short(259, 7), short(262, 6), short(277, 3)],
            data: { bytes: preview, ...STRIP },
          },
        ],
      },
    ]),
  nef: ({ preview, orientation = 1 }) =>
    tiffOf([
      {
        ...smallRgb([ascii(271, 'NIKON CORPORATION'), ascii(272, 'NIKON D850'), short(274, orientation)]),
        parts: [
          { entries: [long(254, 1), short(259, 6)], data: { bytes: preview, ...JPEG } },
          sensor(34_713, preview),
        ],
      },
    ]),
  arw: ({ preview, orientation = 1, thumbnail = preview }) =>
    tiffOf([
      {
        entries: [
          long(254, 1),
          short(259, 6),
          ascii(271, 'SONY'),
          ascii(272, 'ILCE-7M3'),
          short(274, orientation),
        ],
        data: { bytes: preview, ...JPEG },
        parts: [sensor(32_767, preview)],
      },
      { entries: [long(254, 1), short(259, 6)], data: { bytes: thumbnail, ...JPEG } },
    ]),
  cr2: ({ preview, orientation = 1, thumbnail = preview }) =>
    tiffOf(
      [
        {
          entries: [
            short(259, 6),
            ascii(271, 'Canon'),
            ascii(272, 'Canon EOS 5D Mark IV'),
            short(274, orientation),
          ],
          data: { bytes: preview, ...STRIP },
        },
        { entries: [short(259, 6)], data: { bytes: thumbnail, ...JPEG } },
        smallRgb([]),
        {
          entries: [short(259, 6), short(50_752, 1, 3_000, 3_000)],
          data: { bytes: sensorData(preview), ...STRIP },
        },
      ],
      Buffer.from('CR\x02\0\0\0\0\0', 'latin1'),
    ),
};
