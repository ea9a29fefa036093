import { percentile } from '../../lab/metrics/percentile.ts';
import { readBlocks, type BlockPlace } from '../../index/postings/block-kernel.ts';
import { BLOCK_SIZE, readBlock } from '../../index/postings/block.ts';
import { ByteReader } from '../../index/bytes/byte-reader.ts';
import { encodeBlocks, splitIntoChunks } from '../../index/postings/chunk.ts';
import { emptyPostings, type Postings } from '../../index/postings/postings.ts';
import { markdownTable } from '../../cli/terminal/markdown-table.ts';

/**
 * `npm run measure-kernels`: what a posting costs to decode, in WebAssembly (its bytes and its postings copied in and
 * out) and in JavaScript, in lists of several densities over documents by length. Both take turns; figures are medians.
 */

const DOCS = 1_000_000;
const CHUNK_BYTES = 3_900;
const TURNS = 9;
/** Clocks of the processor's time tick in milliseconds on some systems. */
const POSTINGS_A_TURN = 4_000_000;
const DENSITIES = [0.5, 0.1, 0.04, 0.01, 0.001];

const item = { segmentId: 'measured', sk: 'c/00000000/x' };

interface Run {
  readonly bytes: Uint8Array;
  readonly places: readonly BlockPlace[];
}

/** Gaps, frequencies and lengths as in captions: geometric gaps, mostly once, lengths that ascend from 40 to 110. */
function listOf(density: number): Postings {
  const docIds: number[] = [];
  for (let docId = 0; docId < DOCS; docId += 1 + Math.floor(Math.log(hash(docId)) / Math.log(1 - density)))
    docIds.push(docId);
  return {
    docIds: Uint32Array.from(docIds),
    placedFreqs: Uint32Array.from(docIds, (docId) =>
      hash(docId + 0.5) < 0.7 ? 1 : 2 + Math.floor(4 * hash(docId)),
    ),
    docLens: Uint32Array.from(docIds, (docId) => 40 + Math.floor((70 * docId) / DOCS)),
  };
}

/** Above 0, below 1. */
const hash = (seed: number): number => ((Math.imul(seed * 2 + 1, 0x9e37_79b1) >>> 0) + 0.5) / 2 ** 32;

function runsOf(postings: Postings): Run[] {
  return splitIntoChunks(encodeBlocks(postings), CHUNK_BYTES).map((blocks) => {
    let end = 0;
    const places = blocks.map(({ postings: { docIds }, bound: { minDocLen, maxPlacedFreq }, body }) => {
      const start = end;
      end += body.length;
      return {
        start,
        end,
        count: docIds.length,
        firstDocId: docIds[0]!,
        minDocLen,
        maxPlacedFreq,
        before: docIds.at(-1)! + 1,
      };
    });
    return { bytes: new Uint8Array(Buffer.concat(blocks.map(({ body }) => body))), places };
  });
}

function inWebAssembly(runs: readonly Run[], out: Postings): void {
  let at = 0;
  for (const { bytes, places } of runs) {
    if (readBlocks(bytes, places.length, (i) => places[i]!, out, at) < places.length)
      throw new Error('the kernel has left a block to the other decoder');
    at += places.length * BLOCK_SIZE;
  }
}

function inJavaScript(runs: readonly Run[], out: Postings): void {
  let at = 0;
  for (const { bytes, places } of runs) {
    for (const place of places) {
      readBlock(new ByteReader(bytes, item, place.start, place.end), place, out, at, place.before);
      at += BLOCK_SIZE;
    }
  }
}

function nsAPosting(decode: () => void, postings: number): number {
  const passes = Math.ceil(POSTINGS_A_TURN / postings);
  const before = process.threadCpuUsage();
  for (let pass = 0; pass < passes; pass += 1) decode();
  const { user, system } = process.threadCpuUsage(before);
  return ((user + system) * 1_000) / passes / postings;
}

const rows = DENSITIES.map((density) => {
  const postings = listOf(density);
  const count = postings.docIds.length;
  const runs = runsOf(postings);
  const out = emptyPostings(count);
  const bytes = runs.reduce((sum, run) => sum + run.bytes.length, 0);
  const ns: Record<'wasm' | 'js', number[]> = { wasm: [], js: [] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    ns.wasm.push(nsAPosting(() => inWebAssembly(runs, out), count));
    ns.js.push(nsAPosting(() => inJavaScript(runs, out), count));
  }
  const median = (of: readonly number[]) => percentile(of, 0.5).toFixed(1);
  return [`1 of ${1 / density}`, (bytes / count).toFixed(2), median(ns.wasm), median(ns.js)];
});
console.log(
  markdownTable(
    ['documents that have the word', 'bytes a posting', 'WebAssembly, ns a posting', 'JavaScript'],
    rows,
  ),
);
