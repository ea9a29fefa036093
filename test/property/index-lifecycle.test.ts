import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../infra/local/temporary-index.ts';
import { parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { plainQuery } from '../../lib/query/syntax/parse-query.ts';
import { importDocuments } from '../../lib/steps/images/import-documents.ts';
import { indexGlosses } from '../../lib/steps/index/index-glosses.ts';
import { mergeSegments } from '../../lib/steps/index/merge-segments.ts';
import { deleteImage } from '../../lib/steps/images/delete-images.ts';
import { search } from '../../lib/steps/search/search.ts';
import { imageIdOf } from '../../lib/domain/ids.ts';
import { noObjects } from '../support/no-objects.ts';

/**
 * The life of a tenant's index against a plain map from name to words: imports, replacements, deletions, repeated
 * messages, merges, and writers that meet. Every live document is found by each of its words and nothing else is.
 */

const WORDS = ['cat', 'dog', 'sofa', 'lamp', 'kite'];
const NAMES = Array.from({ length: 14 }, (_, i) => `photo-${i}.jpg`);

const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 });
const name = fc.constantFrom(...NAMES);
type Operation =
  | { kind: 'import'; name: string; words: string[] }
  | { kind: 'delete'; name: string }
  | { kind: 'repeat'; names: string[] };
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('import' as const), name, words }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), name }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('repeat' as const), names: fc.array(name, { maxLength: 5 }) }),
  },
);
/** Operations of a round run at the same time, so that their commits meet. */
const rounds = fc.array(
  fc.uniqueArray(operation, { maxLength: 6, selector: (op) => ('name' in op ? op.name : '*') }),
  {
    minLength: 4,
    maxLength: 14,
  },
);

let store: TemporaryIndex;
let tenants = 0;
beforeAll(async () => {
  store = await openTemporaryIndex();
});
afterAll(() => store.close());

async function run(tenant: TenantId, model: Map<string, string[]>, op: Operation): Promise<void> {
  const deps = { ...store.deps, objects: noObjects };
  if (op.kind === 'import') {
    model.set(op.name, op.words);
    const accepted = await importDocuments(deps, { id: tenant, createdAtMs: 0 }, [
      { id: op.name, texts: [op.words.join(' ')] },
    ]);
    await indexGlosses(
      deps,
      tenant,
      accepted.map(({ id }) => id),
    );
  } else if (op.kind === 'delete') {
    const known = await deps.records.get(tenant, imageIdOf(tenant, op.name));
    model.delete(op.name);
    if (known) await deleteImage(deps, { id: tenant, createdAtMs: 0 }, known.imageId);
  } else {
    await indexGlosses(
      deps,
      tenant,
      op.names.map((of) => imageIdOf(tenant, of)),
    );
  }
}

async function found(tenant: TenantId, word: string): Promise<string[]> {
  const { hits, total } = await search(store.deps, tenant, { query: plainQuery(word), limit: 100 });
  expect(total).toBe(hits.length);
  return hits.map(({ card }) => card.name).sort();
}

describe('a tenant index', () => {
  it('answers with exactly the live documents, whatever happened and in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, fc.boolean(), async (history, mergeWhileWriting) => {
        const tenant = parseTenantId(`t${tenants++}`);
        const model = new Map<string, string[]>();
        for (const operations of history) {
          const running = operations.map((op) => run(tenant, model, op));
          if (mergeWhileWriting) running.push(mergeSegments(store.deps, tenant).then(() => undefined));
          await Promise.all(running);
        }
        while ((await mergeSegments(store.deps, tenant)).merged > 0);
        for (const word of WORDS) {
          const expected = [...model].filter(([, has]) => has.includes(word)).map(([of]) => of);
          expect(await found(tenant, word), `"${word}" after ${JSON.stringify(history)}`).toEqual(
            expected.sort(),
          );
        }
      }),
      { numRuns: 8, seed: 20_260_101 },
    );
  });
});
