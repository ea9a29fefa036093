import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kernelModule, KERNELS } from '../../lib/tools/kernels/make-kernels.ts';
import { readBlocks, type BlockPlace } from '../../lib/index/postings/block-kernel.ts';
import { readBlock, writeBlock } from '../../lib/index/postings/block.ts';
import { ByteReader } from '../../lib/index/bytes/byte-reader.ts';
import { ByteWriter } from '../../lib/index/bytes/byte-writer.ts';
import { FORMAT_VERSION } from '../../lib/index/bytes/item-frame.ts';
import { Chunk, encodeBlocks, encodeChunk } from '../../lib/index/postings/chunk.ts';
import { boundOf, emptyPostings, type Postings } from '../../lib/index/postings/postings.ts';
import { randomOf, type Random } from '../support/random.ts';

/**
 * The decoder in WebAssembly against the one in JavaScript, which is the oracle: the same postings from every block that
 * it takes, and no block taken that the other refuses.
 */

const CASES = 3_000;
const item = { segmentId: 's', sk: 'c/00000000/x' };

/** A number of so many bits at most, now and then of more. */
const number = (random: Random, bits: number): number =>
  random.below(2 ** random.below((random.chance(0.03) ? 24 : bits) + 1));

function randomPostings(random: Random, count: number): Postings {
  const [gapBits, freqBits, lenBits] = [random.below(18), random.below(5), random.below(9)];
  const postings = emptyPostings(count);
  const ascend = random.chance(0.7);
  let docId = random.below(1_000_000);
  let docLen = number(random, 20);
  for (let i = 0; i < count; i += 1) {
    postings.docIds[i] = docId;
    postings.placedFreqs[i] = 1 + number(random, freqBits);
    postings.docLens[i] = docLen;
    docId += 1 + number(random, gapBits);
    docLen = ascend ? docLen + number(random, Math.max(lenBits - 4, 0)) : 5 + number(random, lenBits);
  }
  return postings;
}

function randomBlock(random: Random): { bytes: Uint8Array; place: BlockPlace; postings: Postings } {
  const postings = randomPostings(random, 1 + random.below(128));
  const { minDocLen, maxPlacedFreq } = boundOf(postings);
  const out = new ByteWriter();
  for (let i = random.below(20); i > 0; i -= 1) out.u8(random.below(256));
  const start = out.length;
  writeBlock(out, postings, minDocLen);
  const { docIds } = postings;
  const place = {
    start,
    end: out.length,
    count: docIds.length,
    firstDocId: docIds[0]!,
    minDocLen,
    maxPlacedFreq,
    before: docIds.at(-1)! + 1 + random.below(3),
  };
  for (let i = random.below(20); i > 0; i -= 1) out.u8(random.below(256));
  return { bytes: out.toBytes(), place, postings };
}

it('decodes what is written', () => {
  const random = randomOf(11);
  for (let i = 0; i < CASES; i += 1) {
    const { bytes, place, postings } = randomBlock(random);
    const out = emptyPostings(place.count);
    expect(readBlocks(bytes, 1, () => place, out, 0)).toBe(1);
    expect(out).toEqual(postings);
  }
});

it('takes no bytes that the oracle refuses, and makes the same of those that both take', () => {
  const random = randomOf(12);
  let taken = 0;
  for (let i = 0; i < CASES * 3; i += 1) {
    const { bytes, place: right } = randomBlock(random);
    for (let flips = random.below(3); flips > 0; flips -= 1) {
      const at = right.start + random.below(right.end - right.start);
      bytes[at] = random.chance(0.5) ? random.below(256) : bytes[at]! ^ (1 << random.below(8));
    }
    const place = {
      ...right,
      end: random.chance(0.1) ? right.start + random.below(right.end - right.start) : right.end,
      firstDocId: random.chance(0.1) ? 2 ** 32 - 1 - random.below(2_000) : right.firstDocId,
      maxPlacedFreq: random.chance(0.1) ? random.below(right.maxPlacedFreq + 1) : right.maxPlacedFreq,
      minDocLen: random.chance(0.1) ? 2 ** 31 - 1 - random.below(2 ** 20) : right.minDocLen,
      before: random.pick([right.before, 2 ** 32, right.before - 1 - random.below(2)]),
    };
    const out = emptyPostings(place.count);
    if (readBlocks(bytes, 1, () => place, out, 0) === 0) continue;
    taken += 1;
    const expected = emptyPostings(place.count);
    const reader = new ByteReader(bytes, item, place.start, place.end);
    readBlock(reader, place, expected, 0, place.before);
    expect(reader.done).toBe(true);
    expect(out).toEqual(expected);
  }
  expect(taken).toBeGreaterThan(CASES / 2);
});

it('decodes chunks of more postings and of more bytes than fit into its memory', () => {
  const random = randomOf(13);
  for (const count of [8_192, 8_193, 30_000, 100_000]) {
    const postings = randomPostings(random, count);
    expect(new Chunk(encodeChunk(encodeBlocks(postings)), item, FORMAT_VERSION).postings()).toEqual(postings);
  }
  const wide = emptyPostings(60_000);
  for (let i = 0; i < 60_000; i += 1) {
    wide.docIds[i] = i * 60_000 + random.below(60_000);
    wide.placedFreqs[i] = 1 + random.below(2 ** 24);
    wide.docLens[i] = random.below(2 ** 31);
  }
  expect(new Chunk(encodeChunk(encodeBlocks(wide)), item, FORMAT_VERSION).postings()).toEqual(wide);
});

it.each(KERNELS)('%s is compiled from its source', async (kernel) => {
  const committed = readFileSync(join(import.meta.dirname, '../../lib', `${kernel}-code.ts`), 'utf8');
  expect(committed).toBe(await kernelModule(kernel));
});
