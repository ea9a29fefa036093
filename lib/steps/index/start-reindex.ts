import type { TenantId } from '../../domain/ids.ts';
import type { ReindexMessage } from '../../domain/messages.ts';
import { freshRebuild, type Manifest } from '../../index/segment/manifest.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { analysisOf, type Analysis } from '../../text/analysis.ts';
import { analyzerOf } from '../../text/analyzer.ts';
import { livingTenant } from '../tenants/update-tenant.ts';
import { IndexWriter, type IndexWriterDeps } from './index-writer.ts';

export interface StartReindexDeps extends IndexWriterDeps {
  readonly tenants: TenantReader;
  readonly records: Pick<ImageRecords, 'totals'>;
  readonly reindexQueue: MessageQueue<ReindexMessage>;
}

/**
 * Begins to make a tenant's index again beside the one that is searched, in the tenant's language. Where one is being made already, it
 * goes on: it may have lost its worker.
 * @returns the manifest that names the rebuild
 * @throws GlossError `not_found`; `conflict` for a tenant that is being deleted
 */
export async function startReindex(deps: StartReindexDeps, tenant: TenantId): Promise<Manifest> {
  const { settings } = livingTenant(await deps.tenants.get(tenant), tenant);
  const { images } = await deps.records.totals(tenant);
  const writer = new IndexWriter(deps, tenant);
  const id = writer.newSegmentId();
  let running: Manifest | undefined;
  const begun = await writer.commit(({ manifest }) => {
    running = manifest.rebuild && manifest;
    const { language } = settings;
    // Words that come meanwhile go the same way. One that is being made in another language begins again by itself.
    const told = (manifest.language ?? language) === language ? undefined : { language };
    if (running) return Promise.resolve(told);
    const analysis = analysisOf(analyzerOf(language));
    const startedAtMs = deps.clock.nowMs();
    return Promise.resolve({ ...told, rebuild: freshRebuild({ id, startedAtMs, analysis, total: images }) });
  });
  const manifest = (running ?? begun)!;
  await deps.reindexQueue.send([{ tenant, rebuild: manifest.rebuild!.id }]);
  return manifest;
}

/** What is to be said of an index: what it holds, how its words were made, and how far one that is being made is. */
export interface IndexState {
  readonly manifest: Manifest;
  readonly current: Analysis;
}

export async function indexState(
  { tenants, manifests }: Pick<StartReindexDeps, 'tenants' | 'manifests'>,
  tenant: TenantId,
): Promise<IndexState> {
  const { settings } = livingTenant(await tenants.get(tenant), tenant);
  const manifest = await manifests.read(tenant);
  return { manifest, current: analysisOf(analyzerOf(settings.language)) };
}
