import type { ImageId } from '../../../lib/domain/ids.ts';
import { EMPTY_MANIFEST, freshRebuild, type Manifest } from '../../../lib/index/segment/manifest.ts';
import { reindex } from '../../../lib/steps/index/reindex.ts';
import { analysisOf } from '../../../lib/text/analysis.ts';
import { analyzerOf } from '../../../lib/text/analyzer.ts';
import { largeDocuments, peakMb, TENANT } from './large-documents-in-memory.ts';

/**
 * Memory that pages of a rebuild take at worst: `node test/hostile/words/measure-rebuild.ts [DOCUMENTS]` makes an index of documents
 * of 95 KB, in which no word stands twice, as far as its first merge, and tells the peak of the process as JSON. Records and glosses
 * come from memory, and items of segments are thrown away as they are written.
 */

const documents = largeDocuments(Number(process.argv[2] ?? 200));
const ids = [...documents.records.keys()].sort();
const analysis = analysisOf(analyzerOf('en'));
const rebuild = freshRebuild({ id: 'r', startedAtMs: 0, analysis, total: ids.length });
let manifest: Manifest = { ...EMPTY_MANIFEST, language: 'en', rebuild };
const pages: number[] = [];
const start = performance.now();
await reindex(
  {
    clock: { nowMs: () => Date.now() },
    randomHex: (bytes: number) => '0'.repeat(2 * bytes),
    tenants: { get: () => Promise.resolve({ status: 'active', settings: { language: 'en' } }) },
    manifests: {
      read: () => Promise.resolve(manifest),
      commit(_tenant: unknown, next: Manifest) {
        pages.push(next.rebuild!.done - manifest.rebuild!.done);
        manifest = next;
        return Promise.resolve(true);
      },
    },
    segments: {
      readIfThere: () => Promise.resolve([]),
      read: () => Promise.resolve([]),
      async write(_tenant: unknown, _id: unknown, written: Iterable<unknown>) {
        for (const _item of written) await Promise.resolve();
      },
    },
    records: {
      list(_tenant: unknown, { limit, after }: { limit: number; after?: ImageId }) {
        const from = after === undefined ? 0 : ids.indexOf(after) + 1;
        const shown = ids.slice(from, from + limit);
        const next = from + limit < ids.length ? shown.at(-1) : undefined;
        const records = [...documents.recordsOf(shown).values()];
        return Promise.resolve({ records, ...(next !== undefined && { next }) });
      },
    },
    glosses: {
      getMany: (_tenant: unknown, some: readonly ImageId[]) => Promise.resolve(documents.glossesOf(some)),
    },
    mergeQueue: { send: () => Promise.resolve() },
    reindexQueue: { send: () => Promise.resolve() },
  } as unknown as Parameters<typeof reindex>[0],
  { tenant: TENANT, rebuild: 'r' },
  (forWhat) => forWhat === 'page',
);
const ms = Math.round(performance.now() - start);
process.stdout.write(`${JSON.stringify({ documents: ids.length, pages, ms, peakMb: peakMb() })}\n`);
