/** Of a strip: it is read whole. */
const STRIP_BYTES = 1_000_000;
const CHANNELS = 4;

const [SHORT, LONG, UNDEFINED] = [3, 4, 7] as const;
const BYTES_OF_TYPE = { [SHORT]: 2, [LONG]: 4, [UNDEFINED]: 1 } as const;
type Field = readonly [tag: number, type: keyof typeof BYTES_OF_TYPE, values: ArrayLike<number>];

const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
/** Values of so many bytes stand in the entry itself. */
const IN_ENTRY_BYTES = 4;

/**
 * What stands before pixels of red, green, blue and opacity, a byte each, row by row, to make them a TIFF with a colour profile: whoever reads TIFF then
 * applies it. Source: "TIFF, Revision 6.0", sections 2 and 6; tag 34675 by ICC.1:2022, annex B.4.
 */
export function tiffHead(widthPx: number, heightPx: number, profile: Uint8Array): Uint8Array {
  const rowBytes = CHANNELS * widthPx;
  const rows = Math.max(1, Math.floor(STRIP_BYTES / rowBytes));
  const strips = Array.from({ length: Math.ceil(heightPx / rows) }, (_, i) => i * rows);
  const counts = strips.map((row) => rowBytes * Math.min(rows, heightPx - row));
  const fieldsAt = (pixels: number): readonly Field[] => [
    [256, LONG, [widthPx]],
    [257, LONG, [heightPx]],
    [258, SHORT, [8, 8, 8, 8]],
    [259, SHORT, [1]], // not compressed
    [262, SHORT, [2]], // RGB
    [273, LONG, strips.map((row) => pixels + rowBytes * row)],
    [277, SHORT, [CHANNELS]],
    [278, LONG, [rows]],
    [279, LONG, counts],
    [338, SHORT, [2]], // opacity, by which colours are not multiplied
    [34_675, UNDEFINED, profile],
  ];
  return written(fieldsAt(written(fieldsAt(0)).length));
}

/** A header, one directory, and the values that have no room in it. */
function written(fields: readonly Field[]): Uint8Array {
  const bytesOf = ([, type, values]: Field) => BYTES_OF_TYPE[type] * values.length;
  const outside = fields.map(bytesOf).filter((bytes) => bytes > IN_ENTRY_BYTES);
  const directoryBytes = 2 + ENTRY_BYTES * fields.length + 4;
  const head = new Uint8Array(
    outside.reduce((sum, bytes) => sum + even(bytes), HEADER_BYTES + directoryBytes),
  );
  const view = new DataView(head.buffer);
  view.setUint32(0, 0x49_49_2a_00); // II, 42: the smaller byte first
  view.setUint32(4, HEADER_BYTES, true);
  view.setUint16(HEADER_BYTES, fields.length, true);
  let free = HEADER_BYTES + directoryBytes;
  for (const [i, field] of fields.entries()) {
    const [tag, type, values] = field;
    const entry = HEADER_BYTES + 2 + ENTRY_BYTES * i;
    view.setUint16(entry, tag, true);
    view.setUint16(entry + 2, type, true);
    view.setUint32(entry + 4, values.length, true);
    const isInside = bytesOf(field) <= IN_ENTRY_BYTES;
    if (!isInside) view.setUint32(entry + 8, free, true);
    writeValues(view, isInside ? entry + 8 : free, field);
    if (!isInside) free += even(bytesOf(field));
  }
  return head;
}

function writeValues(view: DataView, at: number, [, type, values]: Field): void {
  for (let i = 0; i < values.length; i += 1) {
    if (type === LONG) view.setUint32(at + 4 * i, values[i]!, true);
    else if (type === SHORT) view.setUint16(at + 2 * i, values[i]!, true);
    else view.setUint8(at + i, values[i]!);
  }
}

const even = (bytes: number): number => bytes + (bytes % 2);
