import { sequencerAfter, type ImageId, type Sequencer, type TenantId } from '../../domain/ids.ts';
import type { DescribeMessage } from '../../domain/messages.ts';
import { partsOf } from '../../domain/parts-of.ts';
import type { FoundObject } from '../../ports/object-times.ts';
import type { Glosses } from '../../ports/glosses.ts';
import { openIndex, unlessCorrupt, type IndexReaderDeps } from '../index/index-reader.ts';
import { describeMessage } from './describe-message.ts';

export interface LatestWordsDeps extends IndexReaderDeps {
  readonly glosses: Pick<Glosses, 'getMany'>;
}

/** An original that S3 tells of no more. */
export interface UntoldOriginal {
  readonly imageId: ImageId;
  readonly name: string;
  /** Of its record; absent where there is none, or it is lost. */
  readonly sequencer?: Sequencer | undefined;
  readonly found: Pick<FoundObject, 'bytes' | 'storedAtMs'>;
}

/** Ids of a port's call at most. */
const BATCH = 100;

/**
 * Messages that have originals described as states of their own. S3's sequencers and those that we make of a time do not compare, so a
 * state that we number is later than every one that is known of its image: its record's, its gloss's, and that of its
 * words in the index. Otherwise what is left of a lost record would be taken for the later state, for ever. Cost: a read unit an
 * image, and a look into the index for all of them.
 */
export async function describeAnew(
  deps: LatestWordsDeps,
  tenant: TenantId,
  originals: readonly UntoldOriginal[],
): Promise<DescribeMessage[]> {
  const ids = originals.map(({ imageId }) => imageId);
  const words = await latestWords(deps, tenant, ids);
  return originals.map(({ imageId, name, sequencer, found }) => {
    const known = latestOf([sequencer, words.get(imageId)]);
    const message = describeMessage(tenant, name, found, sequencerAfter(known, found.storedAtMs));
    return known === undefined ? message : { ...message, again: true };
  });
}

/**
 * The latest states that there are words of, in glosses or in the index; images without words are left out. What of the index cannot
 * be read says nothing: it is made again from records and glosses.
 */
export async function latestWords(
  deps: LatestWordsDeps,
  tenant: TenantId,
  imageIds: readonly ImageId[],
): Promise<ReadonlyMap<ImageId, Sequencer>> {
  const latest = new Map<ImageId, Sequencer>();
  if (imageIds.length === 0) return latest;
  const index = await unlessCorrupt(() => openIndex(deps, tenant));
  for (const ids of partsOf(imageIds, BATCH)) {
    const [glosses, documents] = await Promise.all([
      deps.glosses.getMany(tenant, ids),
      index && unlessCorrupt(() => index.documentsOf(ids)),
    ]);
    for (const imageId of ids) {
      const state = latestOf([glosses.get(imageId)?.sequencer, documents?.get(imageId)?.sequencer]);
      if (state !== undefined) latest.set(imageId, state);
    }
  }
  return latest;
}

const latestOf = (states: readonly (Sequencer | undefined)[]): Sequencer | undefined =>
  states
    .filter((state) => state !== undefined)
    .toSorted()
    .at(-1);
