import { cachingSegmentStore } from '../../adapters/caching-segment-store.ts';
import type { Gloss } from '../../domain/gloss.ts';
import { parseTenantId } from '../../domain/ids.ts';
import { PAPER_PARAMS } from '../../rank/bm25.ts';
import { openIndex } from '../../steps/index/index-reader.ts';
import { rankDocuments } from '../../steps/search/rank-documents.ts';
import { IndexBuild, readGlosses } from '../bench/index-build.ts';
import { openBenchStore } from '../bench/bench-store.ts';
import type { Engine } from './engine.ts';

const TENANT = parseTenantId('bench');
const BATCH = 100;
/** As much as the search function keeps (functions/deps/api-deps.ts). */
const CACHE_BYTES = 256 * 2 ** 20;

/**
 * Gloss on the store in memory, built in batches with every merge that is due, asked through the cache of one
 * instance.
 */
export async function openGloss(): Promise<Engine> {
  const store = await openBenchStore('memory');
  const { deps, meter } = store;
  const reader = { manifests: deps.manifests, segments: cachingSegmentStore(deps.segments, CACHE_BYTES) };
  const docOf = new Map<string, number>();
  return {
    version: '',
    async build({ docs, size }) {
      const build = new IndexBuild(store, TENANT);
      let batch: Gloss[] = [];
      for await (const gloss of readGlosses(docs, TENANT)) {
        docOf.set(gloss.imageId, docOf.size);
        batch.push(gloss);
        if (batch.length === BATCH || docOf.size === size) {
          await build.add(batch);
          batch = [];
        }
        if (docOf.size === size) break;
      }
    },
    async search({ query }, k) {
      const { ranked } = await rankDocuments(await openIndex(reader, TENANT), query, k, PAPER_PARAMS);
      return {
        found: ranked.map(({ imageId, score }) => ({ doc: docOf.get(imageId)!, score })),
      };
    },
    async storedBytes() {
      const { segments } = await deps.manifests.read(TENANT);
      const before = meter.snapshot();
      for (const { id } of segments) await deps.segments.readAll(TENANT, id);
      return meter.since(before).readBytes;
    },
    close: () => store.close(),
  };
}
