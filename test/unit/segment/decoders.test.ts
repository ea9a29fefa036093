import { describe, expect, it } from 'vitest';
import { Deletions } from '../../../lib/segment/deletions.ts';
import { decodeDirectory } from '../../../lib/segment/directory.ts';
import { decodeDocuments } from '../../../lib/segment/documents.ts';
import { decodeIds } from '../../../lib/segment/ids.ts';
import { decodeBlocks } from '../../../lib/segment/postings.ts';
import { seal, unseal } from '../../../lib/segment/sealed-item.ts';

const item = { segmentId: 's-1', sk: 'd/cat' };
const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const DOCS = 9;

/** Payloads that a faulty writer could have sealed, by hand after FORMAT.md. */
const directory = (hex: string) => () => decodeDirectory(seal('directory', bytesOf(hex)), item);
const documents = (bytes: number) => () => decodeDocuments(seal('documents', new Uint8Array(bytes)), item);
const ids = (bytes: number) => () => decodeIds(seal('ids', new Uint8Array(bytes)), item);
const deletions = (hex: string) => () => Deletions.decode(seal('deletions', bytesOf(hex)), DOCS, item);
const blocks = (hex: string, docFreq: number) => () => decodeBlocks([{ bytes: bytesOf(hex), item }], docFreq);

describe('decoders behind a right checksum', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['a shared prefix that is not there', directory('00 01 01 01 61 01 00'), /prefix longer/],
    ['half a character', directory('00 01 00 01 e7 01 00'), /no UTF-8/],
    ['half a character as its end', directory('01 e7 00'), /no UTF-8/],
    ['an entry too few', directory('00 02 00 01 61 01 00'), /unexpected end/],
    ['an entry too many', directory('00 00 00 01 61 01 00'), /after the last entry/],
    ['a term beyond the end', directory('00 01 00 09 61 01 00'), /unexpected end/],
    ['blocks beyond the end', directory('00 01 00 01 61 01 04 00'), /unexpected end/],
    ['a number of 33 bits', directory('ff ff ff ff 1f'), /more than 32 bits/],
    ['a number without an end', directory('80 80 80 80 80 80'), /more than 32 bits/],
    ['a piece of a document', documents(37), /unexpected end/],
    ['more documents than a page', documents(111 * 36), /too many documents/],
    ['a piece of an id', ids(21), /unexpected end/],
    ['a deleted document too high', deletions('00 09'), /document 9 of 9/],
    ['a bitmap too short', deletions('01 00'), /unexpected end/],
    ['a bitmap too long', deletions('01 00 00 00'), /bitmap of more than 9/],
    ['an unknown form of deletions', deletions('02 00'), /form 2/],
    ['no form of deletions', deletions(''), /unexpected end/],
    ['values of 33 bits', blocks('01 21 00 00 00 01 0000000000', 2), /33 bits/],
    ['packed values beyond the end', blocks('01 20 00 00 00 01 000000', 2), /unexpected end/],
    ['a block of 129', blocks('80 00 00 00 00 01', 128), /more postings/],
    ['more postings than the directory says', blocks('01 00 00 00 00 01', 1), /more postings/],
    ['fewer postings than the directory says', blocks('01 00 00 00 00 01', 3), /2 postings where 3/],
    ['more postings than bytes can hold', blocks('01 00 00 00 00 01', 129), /so few bytes/],
  ])('refuse %s', (_, decode, message) => {
    expect(decode).toThrow(expect.objectContaining({ kind: 'corrupt', code: 'segment_corrupt' }));
    expect(decode).toThrow(message);
  });

  it('name the item and the byte', () => {
    expect(deletions('00 09')).toThrow('segment s-1, item d/cat, byte 2: document 9 of 9');
  });

  it('take the last document', () => {
    expect([...deletions('00 08')().docIds()]).toEqual([8]);
    expect([...deletions('01 00 01')().docIds()]).toEqual([8]);
  });
});

describe('unseal', () => {
  it('gives the payload back', () => {
    expect(unseal('ids', seal('ids', bytesOf('0102')), item)).toEqual(bytesOf('0102'));
  });

  it('knows this version alone', () => {
    // Version 2, kind 4, no payload, CRC-32 of 02 04 from zlib.
    expect(() => unseal('ids', bytesOf('0204 64b48274'), item)).toThrow(/format version 2 is unknown/);
  });

  it.each(['', '01', '0104', '0104000000'])('takes %j for no item', (hex) => {
    expect(() => unseal('ids', bytesOf(hex), item)).toThrow(/are no item/);
  });
});
