import { describe, expect, it } from 'vitest';
import { BLOCK_SIZE, decodeBlocks, encodeBlocks } from '../../../lib/segment/postings.ts';
import { postingsOf, rowsOf, SEGMENT, type Rows } from '../../segments.ts';

const item = { segmentId: SEGMENT, sk: 'd/cat' };
const decode = (blocks: Uint8Array[], docFreq: number) =>
  decodeBlocks([{ bytes: Buffer.concat(blocks), item }], docFreq);

describe('blocks of postings', () => {
  it('are laid out as FORMAT.md says', () => {
    const rows: Rows = [
      [5, 1, 20],
      [6, 3, 23],
      [300, 1, 20],
    ];
    expect(encodeBlocks(postingsOf(rows)).map((block) => Buffer.from(block).toString('hex'))).toEqual([
      // 3 postings; gaps of 9 bits, repeats of 2, lengths of 2; first 5, least length 20;
      // gaps 0, 293 as 18 bits; repeats 0 2 0; extra lengths 0 3 0.
      '02' + '090202' + '05' + '14' + '004a02' + '08' + '0c',
    ]);
  });

  it('begin a new block after 128 postings', () => {
    const rows: Rows = Array.from({ length: 2 * BLOCK_SIZE + 1 }, (_, i) => [i, 1, 7]);
    const blocks = encodeBlocks(postingsOf(rows));
    expect(blocks.map((block) => block.length)).toEqual([6, 7, 7]);
    expect(rowsOf(decode(blocks, rows.length))).toEqual(rows);
  });

  it('hold the largest numbers', () => {
    const rows: Rows = [
      [0, 1, 0],
      [1, 2 ** 32 - 1, 2 ** 32 - 1],
      [2 ** 32 - 2, 1, 5],
      [2 ** 32 - 1, 7, 0],
    ];
    expect(rowsOf(decode(encodeBlocks(postingsOf(rows)), 4))).toEqual(rows);
  });

  it('are corrupt when they hold another number of postings, or documents out of order', () => {
    const blocks = encodeBlocks(
      postingsOf([
        [3, 1, 7],
        [9, 1, 7],
      ]),
    );
    const corrupt: unknown = expect.objectContaining({ kind: 'corrupt' });
    for (const docFreq of [0, 1, 3, 129, 2 ** 32 - 1]) expect(() => decode(blocks, docFreq)).toThrow(corrupt);
    expect(() => decode([...blocks, ...blocks], 4)).toThrow(corrupt);
    expect(() => decode([blocks[0]!.subarray(0, -1)], 2)).toThrow(corrupt);
    expect(() => decodeBlocks([], 1)).toThrow(corrupt);
  });
});
