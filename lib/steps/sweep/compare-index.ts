import { GlossError } from '../../domain/errors.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { ImageRecord } from '../../domain/image.ts';
import { isUnreadable, readableIn } from '../../domain/unreadable.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { FoundDocument } from '../index/find-documents.ts';
import { openIndex, type IndexReaderDeps } from '../index/index-reader.ts';
import type { Clock } from '../../ports/runtime.ts';
import { hasTurn } from './has-turn.ts';

interface CompareIndexDeps extends IndexReaderDeps {
  readonly clock: Clock;
  readonly records: Pick<ImageRecords, 'getMany'>;
  readonly glosses: Pick<Glosses, 'getMany'>;
}

/** `right` as far as was looked; `lost`: it lacks what it had; `damaged`: what is there of it lies. */
export type IndexHealth = 'right' | 'lost' | 'damaged';

const HOUR_MS = 3_600_000;

/**
 * Holds the images of a page whose turn it is today against the index; all of them where there is no manifest, which cannot be
 * while images are searchable. Words that are too many: sweep-documents.ts.
 * @param page at most 100 images
 */
export async function compareIndex(
  deps: CompareIndexDeps,
  tenant: TenantId,
  page: readonly ImageRecord[],
): Promise<IndexHealth> {
  const nowMs = deps.clock.nowMs();
  const old = page.filter(({ updatedAtMs }) => updatedAtMs <= nowMs - HOUR_MS);
  const settled = old.filter(({ status }) => status === 'searchable');
  // Nothing says that these are in the index. Where it cannot be read, it cannot take them either.
  const waiting = old.filter(({ status }) => status === 'described').map(({ imageId }) => imageId);
  if (settled.length + waiting.length === 0) return 'right';
  try {
    // Opened after the records were read: what they call searchable was committed before.
    const index = await openIndex(deps, tenant);
    const { version, rebuild } = index.manifest;
    const due = settled.filter(({ imageId }) => version === 0 || hasTurn(imageId, nowMs));
    // Whoever makes it again knows all of it.
    if (due.length + waiting.length === 0 || rebuild) return 'right';
    const found = await index.documentsOf([...due.map(({ imageId }) => imageId), ...waiting]);
    return (await lacksSome(deps, tenant, due, found)) ? 'lost' : 'right';
  } catch (error) {
    return healthBy(error);
  }
}

/** What a failure to read or change an index says of it. @throws what was caught, where that is something else */
export function healthBy(error: unknown): Exclude<IndexHealth, 'right'> {
  if (!(error instanceof GlossError) || error.kind !== 'corrupt') throw error;
  return error.code === 'segment_item_missing' ? 'lost' : 'damaged';
}

type Found = ReadonlyMap<ImageId, FoundDocument>;

/** Whether images are not in the index as they are still said to be, though there are words that could be. */
async function lacksSome(
  { records, glosses }: CompareIndexDeps,
  tenant: TenantId,
  due: readonly ImageRecord[],
  found: Found,
): Promise<boolean> {
  const missing = due.filter(({ imageId, sequencer }) => found.get(imageId)?.sequencer !== sequencer);
  if (missing.length === 0) return false;
  const ids = missing.map(({ imageId }) => imageId);
  const [now, words] = await Promise.all([records.getMany(tenant, ids), glosses.getMany(tenant, ids)]);
  const still = readableIn(now);
  return missing.some(({ imageId, revision, sequencer }) => {
    const gloss = words.get(imageId);
    const hasWords = !isUnreadable(gloss) && gloss?.sequencer === sequencer;
    // A rebuild would leave it out again.
    return hasWords && still.get(imageId)?.revision === revision;
  });
}
