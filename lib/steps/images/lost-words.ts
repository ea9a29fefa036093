import type { TenantId } from '../../domain/ids.ts';
import type { ImageRecord } from '../../domain/image.ts';
import { isUnreadable } from '../../domain/unreadable.ts';
import type { Glosses } from '../../ports/glosses.ts';

/**
 * Those images that have been described, or given words, and of which the words are not there: none are, they cannot be read, or they are
 * of another state, as an older copy of an item that was put back. Words that a later version has written are there.
 * @param records at most 100
 */
export async function withoutWords(
  glosses: Pick<Glosses, 'getMany'>,
  tenant: TenantId,
  records: readonly ImageRecord[],
): Promise<ImageRecord[]> {
  const described = records.filter(({ status }) => status === 'described' || status === 'searchable');
  const ids = described.map(({ imageId }) => imageId);
  const words = await glosses.getMany(tenant, ids);
  return described.filter(({ imageId, sequencer }) => {
    const gloss = words.get(imageId);
    return isUnreadable(gloss) ? !gloss.isOfLaterFormat : gloss?.sequencer !== sequencer;
  });
}
