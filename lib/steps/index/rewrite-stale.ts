import type { TenantId } from '../../domain/ids.ts';
import { nextRewrite } from '../../index/write/stale-deletions.ts';
import { mergeSegments, type MergeDeps } from './merge-segments.ts';

/**
 * Rewrites a segment whose deleted postings have waited too long, as a merge of it alone: they are not in its successor, and
 * it is dropped some minutes later. Asks for the next one while there is one.
 * @returns how many segments were rewritten; 0 when there was nothing to do or somebody else is at it
 */
export async function rewriteStale(deps: MergeDeps, tenant: TenantId): Promise<{ merged: number }> {
  const chooseStale = (manifest: Parameters<typeof nextRewrite>[0]) =>
    nextRewrite(manifest, deps.clock.nowMs());
  const outcome = await mergeSegments({ ...deps, rules: { ...deps.rules, nextMerge: chooseStale } }, tenant);
  if (outcome.merged > 0 && chooseStale(await deps.manifests.read(tenant)))
    await deps.mergeQueue.send([{ tenant, task: 'rewrite' }]);
  return outcome;
}
