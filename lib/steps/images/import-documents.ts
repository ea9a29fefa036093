import { GlossError } from '../../domain/errors.ts';
import { isLoad } from '../../domain/is-load.ts';
import type { FileWords, Gloss, GlossOrigin, ViewGloss } from '../../domain/gloss.ts';
import { afterArrival } from '../../domain/image-state.ts';
import { imageIdOf, sequencerAfter, type ImageId, type Sequencer, type TenantId } from '../../domain/ids.ts';
import { uploadKey } from '../../domain/object-key.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { View } from '../../domain/view.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { IndexMessage } from '../../domain/messages.ts';
import type { Clock } from '../../ports/runtime.ts';
import { isPictureName } from '../../text/file-name.ts';
import { asSeen, findOwn, type Owner } from './find-own.ts';
import { updateRecords, type Next } from './update-record.ts';

export interface ImportDeps {
  readonly records: ImageRecords;
  readonly objectTimes: ObjectTimes;
  readonly indexQueue: MessageQueue<IndexMessage>;
  /** Of loads: what waits here stands before nobody's single images. */
  readonly bulkIndexQueue: MessageQueue<IndexMessage>;
  readonly clock: Clock;
}

/**
 * Bytes of a gloss at most: far more than anybody writes about a picture. A search reads the glosses of all its
 * hits.
 */
const MAX_GLOSS_BYTES = 100_000;
/** The same once compatibility characters are written out, as the index has them: one of 3 bytes may become 33. */
const MAX_NORMALIZED_BYTES = 2 * MAX_GLOSS_BYTES;

/** Requests with words of more are loads, however few they describe. */
const FEW_BYTES = 32_768;

/** A document with ready-made words. */
export interface ImportedDocument {
  readonly id: string;
  readonly tags?: readonly string[] | undefined;
  readonly captions?: readonly string[] | undefined;
  readonly texts?: readonly string[] | undefined;
  /** Its name says that the id is one. */
  readonly file?: FileWords | undefined;
  /** In place of the others: a gloss from an export, view by view. */
  readonly gloss?: ImportedGloss | undefined;
}

interface ImportedGloss extends GlossOrigin {
  readonly views: readonly (View & Omit<ViewGloss, 'view' | 'usage'>)[];
  readonly file?: FileWords;
}

/**
 * Imports documents with ready-made words: no picture, no model. A document replaces the words of an image of
 * the same name. Each text or caption becomes a view of its own; tags are one view.
 * Of several documents of one name the last counts.
 * @param documents at most 100
 * @throws GlossError `invalid` for a name, `too_large` for words over 100 KB; then nothing is written.
 */
export async function importDocuments(
  deps: ImportDeps,
  owner: Owner,
  documents: readonly ImportedDocument[],
): Promise<{ id: ImageId; name: string }[]> {
  const tenant = owner.id;
  // All documents are checked before any is written.
  for (const [i, document] of documents.entries()) check(tenant, document, `documents[${i}]`);
  const accepted = documents.map(({ id: name }) => ({ id: imageIdOf(tenant, name), name }));
  await write(deps, owner, new Map(documents.map((document) => [imageIdOf(tenant, document.id), document])));
  const queue = isLoadOfWords(documents) ? deps.bulkIndexQueue : deps.indexQueue;
  await queue.send(accepted.map(({ id }) => ({ tenant, imageId: id })));
  return accepted;
}

/** Whether this is more than somebody writes who waits for it to be found. */
function isLoadOfWords(documents: readonly ImportedDocument[]): boolean {
  const bytes = Buffer.byteLength(JSON.stringify(documents));
  return isLoad(documents.length) || bytes > FEW_BYTES;
}

/** Names follow the rules of uploads, so that either can replace the other. */
function check(tenant: TenantId, document: ImportedDocument, field: string): void {
  uploadKey(tenant, document.id, `${field}.id`);
  const words = JSON.stringify([viewsOf(document), fileOf(document)]);
  const bytes = Buffer.byteLength(words);
  // What is too long as it is, is not made longer.
  const normalized = bytes > MAX_GLOSS_BYTES ? bytes : Buffer.byteLength(words.normalize('NFKC'));
  if (bytes > MAX_GLOSS_BYTES || normalized > MAX_NORMALIZED_BYTES) {
    const message =
      bytes > MAX_GLOSS_BYTES
        ? `${field}: its words take ${bytes} bytes, more than ${MAX_GLOSS_BYTES}`
        : `${field}: its words take ${normalized} bytes once their compatibility characters are written out, more than ${MAX_NORMALIZED_BYTES}`;
    throw new GlossError('too_large', 'too_many_words', message, { place: { field } });
  }
}

/**
 * Each record comes together with its words: there is no document without them. It says what is in the bucket under its name,
 * so that an event which comes late does not undo it.
 */
async function write(
  { records, objectTimes, clock }: ImportDeps,
  owner: Owner,
  documents: ReadonlyMap<ImageId, ImportedDocument>,
): Promise<void> {
  const nowMs = clock.nowMs();
  const next: Next = async (stored, imageId) => {
    const document = documents.get(imageId)!;
    const sequencer = sequencerAfter(stored?.sequencer, nowMs);
    const found = await findOwn(objectTimes, owner, document.id);
    const arrival = {
      imageId,
      name: document.id,
      source: 'import' as const,
      sequencer,
      object: asSeen(found),
      // Words that come under the name of an object leave the object where it is.
      ...(found && { bytes: found.bytes }),
    };
    const arrived = afterArrival(stored, arrival, nowMs)!; // an arrival with a later sequencer is always written
    const after = { ...arrived, status: 'described' as const, mayBeIndexed: true };
    return { after, gloss: importedGloss(document, imageId, sequencer) };
  };
  await updateRecords(records, owner.id, [...documents.keys()], next, { mends: { nowMs } });
}

const IMPORTED: GlossOrigin = { model: 'import', promptVersion: '-', cropPolicy: 'none' };

/** The gloss of a document with ready-made words. */
export function importedGloss(document: ImportedDocument, imageId: ImageId, sequencer: Sequencer): Gloss {
  const { model, promptVersion, cropPolicy } = document.gloss ?? IMPORTED;
  const views = viewsOf(document);
  const gloss = { imageId, sequencer, model, promptVersion, cropPolicy, views, card: { name: document.id } };
  const { name, ...written } = fileOf(document) ?? {};
  // An id may be a number or an address, which nobody gave to a picture as its name.
  const isName = name !== undefined || isPictureName(document.id);
  const file = { ...(isName && { name: document.id }), ...written };
  return Object.keys(file).length > 0 ? { ...gloss, file } : gloss;
}

const fileOf = ({ file, gloss }: ImportedDocument): FileWords | undefined => gloss?.file ?? file;

function viewsOf({ tags = [], captions = [], texts = [], gloss }: ImportedDocument): ViewGloss[] {
  if (gloss) {
    return gloss.views.map(({ ask, tags: said, caption, visibleText, ...view }) => {
      return { view, ...(ask !== undefined && { ask }), tags: said, caption, visibleText };
    });
  }
  const words = [
    ...(tags.length > 0 ? [{ tags, caption: '' }] : []),
    ...[...captions, ...texts].map((caption) => ({ tags: [], caption })),
  ];
  return words.map((view, index) => ({ view: { index, kind: 'text' }, ...view, visibleText: '' }));
}
