import { saidIn, withPeoplesWords } from '../../domain/edited-gloss.ts';
import { GlossError } from '../../domain/errors.ts';
import type { Gloss } from '../../domain/gloss.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import { isLoad } from '../../domain/is-load.ts';
import type { ImageRecord } from '../../domain/image.ts';
import { afterEarlyWordEdit, afterWordEdit } from '../../domain/image-state.ts';
import type { IndexMessage } from '../../domain/messages.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { afterEdit, tooManyWords, type PeoplesWords, type WordEdit } from '../../domain/peoples-words.ts';
import { isUnreadable, type UnreadableRecord } from '../../domain/unreadable.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { Clock } from '../../ports/runtime.ts';
import { withKnownFile } from '../../text/known-file.ts';
import { updateRecords, type Next } from './update-record.ts';

export interface EditWordsDeps {
  readonly records: ImageRecords;
  readonly glosses: Pick<Glosses, 'getMany'>;
  readonly indexQueue: MessageQueue<IndexMessage>;
  /** Of loads: what waits here stands before nobody's single images. */
  readonly bulkIndexQueue: MessageQueue<IndexMessage>;
  readonly clock: Clock;
}

/** What became of an image: how it stands now, or why it is as it was; undefined where it is not there. */
export type EditOutcome = ImageRecord | UnreadableRecord | GlossError | undefined;

/** Of images at a time: the gloss of each is read, and two items are written together. */
const AT_A_TIME = 20;

/**
 * Adds keywords to images and takes keywords and tags away. Words that are there become those of a new state, with the record in one write, and are
 * indexed as any others; words that are still to come have the edit when they come. Nothing is described for it. The same edit once more
 * changes nothing, and of two edits at once both are kept. Cost: three to six read units an image, and six write units.
 * @param imageIds at most 100
 * @returns what became of each
 */
export async function editWords(
  deps: EditWordsDeps,
  tenant: TenantId,
  imageIds: readonly ImageId[],
  edit: WordEdit,
): Promise<ReadonlyMap<ImageId, EditOutcome>> {
  const ids = [...new Set(imageIds)];
  const outcomes = new Map<ImageId, EditOutcome>(await deps.records.getMany(tenant, ids));
  const there = ids.filter((id) => isThere(outcomes.get(id)));
  for (const part of partsOf(there, AT_A_TIME))
    for (const [id, outcome] of await editSome(deps, tenant, part, edit)) outcomes.set(id, outcome);
  // Also where nothing changed: the message of an earlier attempt may not have been sent.
  const described = there.filter((id) => {
    const outcome = outcomes.get(id);
    return isThere(outcome) && outcome.status === 'described';
  });
  const queue = isLoad(ids.length) ? deps.bulkIndexQueue : deps.indexQueue;
  await queue.send(described.map((imageId) => ({ tenant, imageId })));
  return new Map(ids.map((id) => [id, isRemoved(outcomes.get(id)) ? undefined : outcomes.get(id)]));
}

async function editSome(
  { records, glosses, clock }: EditWordsDeps,
  tenant: TenantId,
  imageIds: readonly ImageId[],
  edit: WordEdit,
): Promise<ReadonlyMap<ImageId, EditOutcome>> {
  const refused = new Map<ImageId, GlossError>();
  const next: Next = async (record, imageId) => {
    refused.delete(imageId);
    if (!record || record.status === 'removed') return undefined;
    const gloss = await wordsOf(glosses, tenant, record);
    const people = afterEdit(record.people, edit, gloss && saidIn(gloss));
    if (!people) return undefined;
    const why = tooManyWords(people);
    if (why !== undefined) {
      refused.set(imageId, new GlossError('conflict', 'too_many_keywords', why));
      return undefined;
    }
    const kept = people.added.length + people.removed.length > 0 ? people : undefined;
    if (!gloss) return { after: afterEarlyWordEdit(record, kept) };
    const after = afterWordEdit(record, kept, clock.nowMs());
    return { after, gloss: editedGloss(gloss, record, after, kept) };
  };
  const current = await updateRecords(records, tenant, imageIds, next);
  return new Map(imageIds.map((id) => [id, refused.get(id) ?? current.get(id)]));
}

/** The words that are found by now; undefined while they are still to come, and where they are lost: then they come again. */
async function wordsOf(
  glosses: Pick<Glosses, 'getMany'>,
  tenant: TenantId,
  { imageId, status, sequencer }: ImageRecord,
): Promise<Gloss | undefined> {
  if (status !== 'described' && status !== 'searchable') return undefined;
  const gloss = (await glosses.getMany(tenant, [imageId])).get(imageId);
  return isUnreadable(gloss) || gloss?.sequencer !== sequencer ? undefined : gloss;
}

/** The words of the new state. Its thumbnails are those of the state that was described. */
function editedGloss(
  before: Gloss,
  record: ImageRecord,
  { sequencer }: ImageRecord,
  people: PeoplesWords | undefined,
): Gloss {
  const { card, ...gloss } = withKnownFile(before, record);
  const { thumbnailsOf = before.sequencer } = card ?? {};
  const shown = card && { card: card.facts ? { ...card, thumbnailsOf } : card };
  return withPeoplesWords({ ...gloss, ...shown, sequencer }, people);
}

const isRemoved = (outcome: EditOutcome): boolean => isRecord(outcome) && outcome.status === 'removed';
const isThere = (outcome: EditOutcome): outcome is ImageRecord =>
  isRecord(outcome) && outcome.status !== 'removed';
const isRecord = (outcome: EditOutcome): outcome is ImageRecord =>
  outcome !== undefined && !(outcome instanceof GlossError) && !isUnreadable(outcome);
