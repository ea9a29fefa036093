import { Hono } from 'hono';
import { memoryManifests } from '../../lib/adapters/memory-manifests.ts';
import { memorySegmentStore } from '../../lib/adapters/memory-segment-store.ts';
import { MemoryTable } from '../../lib/adapters/memory-table.ts';
import type { ApiEnv } from '../../lib/api/env.ts';
import { errorResponse } from '../../lib/api/error-response.ts';
import { searchRoutes } from '../../lib/api/search/route.ts';
import { CapacityMeter } from '../../lib/domain/capacity-meter.ts';
import type { Gloss } from '../../lib/domain/gloss.ts';
import { imageIdOf, parseTenantId, sequencerAfter } from '../../lib/domain/ids.ts';
import type { Language } from '../../lib/domain/language.ts';
import type { Tenant } from '../../lib/domain/tenant.ts';
import { importedGloss } from '../../lib/steps/images/import-documents.ts';
import { IndexWriter } from '../../lib/steps/index/index-writer.ts';
import { noObjects } from './no-objects.ts';

/** Asks a path of the search; answers the status and the body. */
export type AskSearch = (path: string) => Promise<{ readonly status: number; readonly json: unknown }>;

/**
 * The route of searches over an index in memory, of documents in one language: everything that a query goes through, without a network, keys
 * and limits.
 */
export async function openMemorySearch(
  language: Language,
  documents: readonly { readonly id: string; readonly captions: readonly string[] }[],
): Promise<AskSearch> {
  const tenant = parseTenantId(`memory-${language}`);
  const table = new MemoryTable(new CapacityMeter());
  const [manifests, segments] = [memoryManifests(table), memorySegmentStore(table)];
  const glosses = new Map<string, Gloss>(
    documents.map((document, i) => {
      const imageId = imageIdOf(tenant, document.id);
      return [
        imageId,
        importedGloss(
          { ...document, captions: [...document.captions] },
          imageId,
          sequencerAfter(undefined, i),
        ),
      ];
    }),
  );
  const deps = {
    manifests,
    segments,
    clock: { nowMs: () => Date.now() },
    randomHex: (characters: number) => '0'.repeat(characters),
    mergeQueue: { send: () => Promise.resolve() },
    language,
  };
  await new IndexWriter(deps, tenant).append(deps, () => Promise.resolve([...glosses.values()]));

  const found = (ids: readonly Gloss['imageId'][]) =>
    Promise.resolve(new Map(ids.flatMap((id) => (glosses.has(id) ? [[id, glosses.get(id)!] as const] : []))));
  const route = searchRoutes({
    manifests,
    segments,
    glosses: {
      getMany: (_tenant, ids) => found(ids),
      ofStates: (_tenant, states) => found(states.map(({ imageId }) => imageId)),
    },
    records: { getMany: () => Promise.resolve(new Map()) },
    seals: { of: () => Promise.resolve('0'.repeat(64)) },
    objects: noObjects,
  });
  const account = { id: tenant, incarnation: '0', settings: { language } } as unknown as Tenant;
  const app = new Hono<ApiEnv>()
    .onError((error, c) => errorResponse(c, error))
    .use(async (c, next) => {
      c.set('tenant', tenant);
      c.set('account', account);
      c.set('manifests', manifests);
      await next();
    })
    .route('/v1/search', route);
  return async (path) => {
    const response = await app.request(path);
    return { status: response.status, json: await response.json() };
  };
}
