import type { TenantId } from '../../domain/ids.ts';
import { nextRewrite } from '../../index/write/stale-deletions.ts';
import { openIndex } from './index-reader.ts';
import { mergeSegments, type MergeDeps } from './merge-segments.ts';

/**
 * Rewrites a segment whose deleted postings have waited too long, as a merge of that segment alone. The deleted
 * documents are not in the result. The old segment is dropped some minutes later. Asks for the next rewrite if
 * another one is due.
 * @returns how many segments were rewritten; 0 if nothing was due or another worker is rewriting it
 */
export async function rewriteStale(deps: MergeDeps, tenant: TenantId): Promise<{ merged: number }> {
  const chooseStale = (manifest: Parameters<typeof nextRewrite>[0]) =>
    nextRewrite(manifest, deps.clock.nowMs());
  const outcome = await mergeSegments({ ...deps, rules: { ...deps.rules, nextMerge: chooseStale } }, tenant);
  if (outcome.merged > 0 && chooseStale((await openIndex(deps, tenant)).manifest))
    await deps.mergeQueue.send([{ tenant, task: 'rewrite' }]);
  return outcome;
}
