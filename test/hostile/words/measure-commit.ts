import { imageIdOf, type ImageId } from '../../../lib/domain/ids.ts';
import { EMPTY_MANIFEST } from '../../../lib/index/segment/manifest.ts';
import { indexHandler } from '../../../functions/handlers/index-handler.ts';
import { largeDocuments, peakMb, TENANT } from './large-documents-in-memory.ts';

/**
 * Memory that the index function takes for the worst batch: `node test/hostile/words/measure-commit.ts [DOCUMENTS]` hands its
 * handler a batch of documents of 95 KB, in which no word stands twice, and tells the peak of the process as JSON. Records and
 * glosses come from memory, and items of segments are thrown away as they are written.
 */

const DOCUMENTS = Number(process.argv[2] ?? 100);
const { names, records, recordsOf, glossesOf } = largeDocuments(DOCUMENTS);
let items = 0;
let sentAgain = 0;
const handler = indexHandler({
  clock: { nowMs: () => Date.now() },
  randomHex: (bytes: number) => '0'.repeat(2 * bytes),
  manifests: { read: () => Promise.resolve(EMPTY_MANIFEST), commit: () => Promise.resolve(true) },
  segments: {
    // The index is empty.
    readIfThere: () => Promise.resolve([]),
    read: () => Promise.resolve([]),
    write(_tenant: unknown, _id: unknown, written: Iterable<unknown>) {
      for (const _item of written) items += 1;
      return Promise.resolve();
    },
  },
  tenants: { get: () => Promise.resolve({ status: 'active', settings: {} }) },
  records: {
    get: (_tenant: unknown, id: ImageId) => Promise.resolve(records.get(id)),
    getMany: (_tenant: unknown, ids: readonly ImageId[]) => Promise.resolve(recordsOf(ids)),
    put: (_tenant: unknown, changes: readonly unknown[]) => Promise.resolve(changes.map(() => 'written')),
  },
  glosses: { getMany: (_tenant: unknown, ids: readonly ImageId[]) => Promise.resolve(glossesOf(ids)) },
  mergeQueue: { send: () => Promise.resolve() },
  bulkIndexQueue: {
    send(messages: readonly unknown[]) {
      sentAgain += messages.length;
      return Promise.resolve();
    },
  },
  flushUsage: () => Promise.resolve(),
} as unknown as Parameters<typeof indexHandler>[0]);

const Records = names.map((name) => ({
  messageId: name,
  attributes: { ApproximateReceiveCount: '1' },
  body: JSON.stringify({ tenant: TENANT, imageId: imageIdOf(TENANT, name) }),
}));
const start = performance.now();
const { batchItemFailures } = await handler({ Records } as never);
const ms = Math.round(performance.now() - start);
process.stdout.write(
  `${JSON.stringify({ documents: DOCUMENTS, failed: batchItemFailures.length, sentAgain, items, ms, peakMb: peakMb() })}\n`,
);
