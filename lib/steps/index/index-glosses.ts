import { afterProgress } from '../../domain/image-state.ts';
import type { Gloss } from '../../domain/gloss.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import { readable } from '../../domain/unreadable.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import { CommitBudget } from '../../index/write/commit-budget.ts';
import { IndexWriter, type AppendDeps } from './index-writer.ts';
import { updateRecords } from '../images/update-record.ts';

export interface IndexGlossesDeps extends AppendDeps {
  readonly records: ImageRecords;
  readonly glosses: Glosses;
}

/** Those that one commit has no room for are mostly not read. */
const GLOSSES_AT_ONCE = 25;

/**
 * Makes the glosses of a batch searchable, in as many commits as it takes.
 * @returns how many documents were added
 */
export async function indexGlosses(
  deps: IndexGlossesDeps,
  tenant: TenantId,
  imageIds: readonly ImageId[],
): Promise<{ added: number }> {
  let added = 0;
  for (let left = imageIds; left.length > 0;) {
    const done = await indexFirstGlosses(deps, tenant, left);
    added += done.added;
    ({ left } = done);
  }
  return { added };
}

/**
 * Makes glosses of a batch searchable as one new segment, as many as one commit may add. Images whose words are in the
 * index already, that were removed, or whose gloss is not there yet add nothing, so the same batch may come any number of
 * times.
 * @returns how many documents were added, and the images that are left for another commit
 */
export async function indexFirstGlosses(
  deps: IndexGlossesDeps,
  tenant: TenantId,
  imageIds: readonly ImageId[],
): Promise<{ added: number; left: ImageId[] }> {
  const distinct = [...new Set(imageIds)];
  let described: ImageRecord[] = [];
  let left: ImageId[] = [];
  const { added } = await new IndexWriter(deps, tenant).append(deps, async () => {
    const records = await deps.records.getMany(tenant, distinct);
    const budget = new CommitBudget();
    const taken: Gloss[] = [];
    [described, left] = [[], []];
    for (let start = 0; start < distinct.length && left.length === 0; start += GLOSSES_AT_ONCE) {
      const imageIds = distinct.slice(start, start + GLOSSES_AT_ONCE);
      const glosses = await deps.glosses.getMany(tenant, imageIds);
      for (const [i, imageId] of imageIds.entries()) {
        // One that cannot be read stops this batch: its message alone goes to the dead letters.
        const record = readable(records.get(imageId));
        const gloss = readable(glosses.get(imageId));
        if (record?.status !== 'described' || gloss?.sequencer !== record.sequencer) continue;
        if (!budget.takes(gloss)) {
          left = distinct.slice(start + i);
          break;
        }
        described.push(record);
        taken.push(gloss);
      }
    }
    return taken;
  });
  await markSearchable(deps, tenant, described);
  return { added, left };
}

async function markSearchable(
  { records, clock }: IndexGlossesDeps,
  tenant: TenantId,
  seen: readonly ImageRecord[],
): Promise<void> {
  const sequencers = new Map(seen.map(({ imageId, sequencer }) => [imageId, sequencer]));
  await updateRecords(records, tenant, [...sequencers.keys()], (record, imageId) =>
    record?.status === 'described' && record.sequencer === sequencers.get(imageId)
      ? { after: afterProgress(record, { status: 'searchable' }, clock.nowMs()) }
      : undefined,
  );
}
