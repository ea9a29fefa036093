import { ByteReader } from '../../../lib/index/bytes/byte-reader.ts';
import { ByteWriter } from '../../../lib/index/bytes/byte-writer.ts';

/**
 * The payload of an item as a tree of fields, after FORMAT.md. Groups that begin with their own length get it anew when
 * they are written, so that a changed field is all that lies.
 */
export type Field =
  | { kind: 'varint' | 'zigzag' | 'u8' | 'u32'; value: number }
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'sized'; fields: Field[] }
  /** A list in a directory entry: 2 x bytes, plus 1 in chunks. */
  | { kind: 'list'; inChunks: boolean; fields: Field[] };

const item = { segmentId: 'hostile', sk: 'item' };

class Fields {
  readonly out: Field[] = [];
  readonly reader: ByteReader;
  constructor(bytes: Uint8Array) {
    this.reader = new ByteReader(bytes, item);
  }
  number(kind: 'varint' | 'zigzag' | 'u8' | 'u32'): number {
    const value = this.reader[kind]();
    this.out.push({ kind, value });
    return value;
  }
  bytes(count: number): Uint8Array {
    const bytes = this.reader.raw(count).slice();
    this.out.push({ kind: 'bytes', bytes });
    return bytes;
  }
  text(): void {
    const bytes = this.reader.raw(this.reader.varint()).slice();
    this.out.push({ kind: 'sized', fields: [{ kind: 'bytes', bytes }] });
  }
  packed(count: number): void {
    const width = this.number('u8');
    const exceptions = this.number('u8');
    this.bytes(Math.ceil((count * width) / 8));
    for (let i = 0; i < exceptions; i += 1) this.number('u8');
    for (let i = 0; i < exceptions; i += 1) this.number('varint');
  }
}

function fieldsOf(bytes: Uint8Array, read: (fields: Fields) => void): Field[] {
  const fields = new Fields(bytes);
  read(fields);
  while (!fields.reader.done) fields.number('u8');
  return fields.out;
}

function block(f: Fields, count: number): void {
  const form = f.number('u8');
  f.packed(count - 1);
  f.packed(count);
  f.packed(form === 0 ? count - 1 : count);
}

const chunk = (f: Fields): void => {
  const count = f.number('varint');
  const blocks = Math.ceil(count / 128);
  for (let i = 0; i < blocks; i += 1) {
    f.number('varint');
    f.number('varint');
    f.number('varint');
    f.number('zigzag');
  }
  for (let i = 0; i < blocks; i += 1) block(f, Math.min(128, count - i * 128));
};

function chunkedList(f: Fields): void {
  const chunks = f.number('varint');
  for (let i = 0; i < chunks; i += 1) {
    f.number('varint');
    f.number('varint');
    f.number('zigzag');
  }
  f.number('varint');
  const top = f.number('varint');
  for (let i = 0; i < 3 * top; i += 1) f.number('varint');
  const named = f.number('varint');
  const same = f.number('u8');
  const zeros = f.number('u8');
  f.bytes(same);
  for (let i = 0; i < named; i += 1) {
    f.bytes(16);
    f.bytes(16 - same - zeros);
  }
  const impacts = f.number('varint');
  for (let i = 0; i < 2 * impacts; i += 1) f.number('varint');
}

const directory = (f: Fields): void => {
  f.text();
  f.number('varint');
  const entries = f.number('varint');
  for (let i = 0; i < entries; i += 1) {
    f.number('varint');
    f.text();
    const docFreq = f.number('varint');
    if (docFreq <= 8) {
      for (let j = 0; j < docFreq; j += 1) {
        f.number('varint');
        if (f.number('varint') % 2 === 1) f.number('varint');
      }
      continue;
    }
    const place = f.reader.varint();
    const inChunks = place % 2 === 1;
    const fields = fieldsOf(f.reader.raw(Math.floor(place / 2)), inChunks ? chunkedList : chunk);
    f.out.push({ kind: 'list', inChunks, fields });
  }
  // The places of short and inline lists.
  while (!f.reader.done) f.number('varint');
};

const documents = (f: Fields): void => {
  const same = f.number('u8');
  const zeros = f.number('u8');
  f.bytes(same);
  while (!f.reader.done) {
    f.bytes(16);
    f.bytes(16 - same - zeros);
    f.number('zigzag');
  }
};

const imageMap = (f: Fields): void => {
  const count = f.number('varint');
  for (let start = 0; start < count; start += 128) f.packed(Math.min(128, count - start));
  const width = f.number('u8');
  f.bytes(Math.ceil((count * width) / 8));
};

const deletions = (f: Fields): void => {
  if (f.number('u8') === 1) f.bytes(f.reader.left);
  else while (!f.reader.done) f.number('varint');
};

const singleItem = (f: Fields): void => {
  f.out.push({ kind: 'sized', fields: fieldsOf(f.reader.raw(f.reader.varint()), directory) });
  documents(f);
};

const associations = (f: Fields): void => {
  f.number('varint');
  const terms = f.number('varint');
  for (let i = 0; i < terms; i += 1) {
    f.text();
    f.number('varint');
    const associates = f.number('varint');
    for (let j = 0; j < associates; j += 1) {
      f.text();
      f.number('varint');
      f.number('varint');
    }
  }
};

const numbers = (f: Fields): void => {
  while (!f.reader.done) f.number('varint');
};

const blocksV1 = (f: Fields): void => {
  while (!f.reader.done) {
    const count = f.number('u8') + 1;
    const widths = [f.number('u8'), f.number('u8'), f.number('u8')] as const;
    f.number('varint');
    f.number('varint');
    f.bytes(Math.ceil(((count - 1) * widths[0]) / 8));
    f.bytes(Math.ceil((count * widths[1]) / 8));
    f.bytes(Math.ceil((count * widths[2]) / 8));
  }
};

const directoryV1 = (f: Fields): void => {
  f.text();
  const entries = f.number('varint');
  for (let i = 0; i < entries; i += 1) {
    f.number('varint');
    f.text();
    f.number('varint');
    const place = f.reader.varint();
    if (place % 2 === 1) f.out.push({ kind: 'varint', value: place });
    else f.out.push({ kind: 'list', inChunks: false, fields: fieldsOf(f.reader.raw(place / 2), blocksV1) });
  }
};

const rowsV1 =
  (idBytes: readonly number[]) =>
  (f: Fields): void => {
    while (!f.reader.done) {
      for (const bytes of idBytes) f.bytes(bytes);
      f.number('u32');
    }
  };

/**
 * Version 6 has the fields of version 2 but for lists in chunks and places, and what some of them mean is another. The items of version 2 have
 * no such list.
 */
const SINCE_V2: Record<string, (f: Fields) => void> = {
  d: directory,
  c: chunk,
  n: documents,
  i: imageMap,
  x: deletions,
  w: singleItem,
  a: associations,
  p: numbers,
};

const LAYOUTS: Record<string, (f: Fields) => void> = {
  ...Object.fromEntries(
    Object.entries(SINCE_V2).flatMap(([kind, layout]) =>
      [2, 6].map((version) => [`${kind}${version}`, layout]),
    ),
  ),
  x1: deletions,
  d1: directoryV1,
  c1: blocksV1,
  n1: rowsV1([16, 16]),
  i1: rowsV1([16]),
};

/** The fields of a payload. @param layout the kind's letter, as in its sort key, and the version */
export const readFields = (payload: Uint8Array, layout: string): Field[] =>
  fieldsOf(payload, LAYOUTS[layout]!);

/** The payload of these fields. */
export function writeFields(fields: readonly Field[]): Uint8Array {
  const out = new ByteWriter();
  for (const field of fields) {
    if (field.kind === 'bytes') out.raw(field.bytes);
    else if (field.kind === 'sized' || field.kind === 'list') {
      const inner = writeFields(field.fields);
      out.varint(field.kind === 'sized' ? inner.length : inner.length * 2 + (field.inChunks ? 1 : 0));
      out.raw(inner);
    } else if (field.kind === 'u8') out.u8(field.value);
    // The writer refuses what goes beyond its range, where a lie begins anew.
    else if (field.kind === 'zigzag') out.zigzag(field.value | 0);
    else out[field.kind](field.value >>> 0);
  }
  return out.toBytes();
}
