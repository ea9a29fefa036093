import type { Gloss } from '../../domain/gloss.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import { readableIn } from '../../domain/unreadable.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import { withKnownFile } from '../../text/known-file.ts';
import type { RankedDocument } from './rank-documents.ts';

/** Candidates loaded at once: as many as a port gives in one call. */
export const MAX_LOADED = 100;

export interface LoadDeps {
  readonly records: Pick<ImageRecords, 'getMany'>;
  readonly glosses: Pick<Glosses, 'getMany'>;
  /** Whether more may be looked at, to find what only glosses decide; as much as there is when left out. */
  readonly mayLookAtMore?: () => boolean;
}

/** A ranked document with its image and what was written about it. */
export interface Candidate {
  readonly document: RankedDocument;
  readonly imageId: ImageId;
  readonly record: ImageRecord;
  readonly gloss: Gloss;
}

/** Records and glosses of ranked documents, in their order; images that went while we searched, and those that cannot be read, are left out. At most 100. */
export async function loadCandidates(
  deps: LoadDeps,
  tenant: TenantId,
  documents: readonly RankedDocument[],
): Promise<Candidate[]> {
  const ids = documents.map(({ imageId }) => imageId);
  if (ids.length === 0) return [];
  const [storedRecords, storedGlosses] = await Promise.all([
    deps.records.getMany(tenant, ids),
    deps.glosses.getMany(tenant, ids),
  ]);
  // The other hits are worth more than an answer that names what is missing.
  const [records, glosses] = [readableIn(storedRecords), readableIn(storedGlosses)];
  return documents.flatMap((document): Candidate[] => {
    const { imageId } = document;
    const record = records.get(imageId);
    const gloss = glosses.get(imageId);
    return record && gloss && record.status !== 'removed'
      ? [{ document, imageId, record, gloss: withKnownFile(gloss, record) }]
      : [];
  });
}
