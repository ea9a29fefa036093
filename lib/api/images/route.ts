import { Hono } from 'hono';
import { GlossError } from '../../domain/errors.ts';
import type { ImageRecord } from '../../domain/image.ts';
import { cardOfRecord } from '../../domain/image-card.ts';
import { imageIdOf, parseImageId, type ImageId, type TenantId } from '../../domain/ids.ts';
import { composedName, spellingsOf } from '../../domain/numbered-name.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { isUnreadable, readable, readableOnes } from '../../domain/unreadable.ts';
import type { StoredRecord } from '../../ports/image-records.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { HeldReservation, Reservations } from '../../ports/reservations.ts';
import type { CursorSeals } from '../../ports/tenant-secrets.ts';
import { listExpected, type Expected } from '../../steps/images/list-expected.ts';
import { deleteImage, deleteImages, type DeleteDeps } from '../../steps/images/delete-images.ts';
import { editWords, type EditOutcome, type EditWordsDeps } from '../../steps/images/edit-words.ts';
import { retryImage, type RetryDeps } from '../../steps/images/retry-image.ts';
import { openCursor, sealCursor } from '../cursors.ts';
import type { ApiEnv } from '../env.ts';
import { body, path, query } from '../validate.ts';
import type {
  DeletionAnswer,
  ExpectedImage,
  ImagesPage,
  KeywordsAnswer,
  RetryAnswer,
  ShownImage,
  StatusAnswer,
} from './image.ts';
import { addressesJson, changesJson, glossJson, imageJson } from './image-json.ts';
import {
  DeletionBody,
  ImageChangeBody,
  ImagePath,
  KeywordsBody,
  ListParameters,
  ShowParameters,
  StatusBody,
  type ListedStatus,
} from './schema.ts';
import { readIndex, type IndexReaderDeps } from '../../steps/index/index-reader.ts';
import { noSuchImage } from '../../steps/images/no-such-image.ts';

export interface ImageRouteDeps extends DeleteDeps, EditWordsDeps, Pick<RetryDeps, 'admitQueue' | 'usage'> {
  readonly reservations: Pick<Reservations, 'list' | 'nameOf' | 'of'>;
  readonly glosses: Glosses;
  readonly objects: ObjectStore;
  readonly seals: CursorSeals;
}

/** What cursors are sealed for: those of one status open no list of another, nor that of all. */
const sealedFor = (status: ListedStatus | undefined): string =>
  status === undefined ? 'images' : `images ${status}`;

/** Of ids at a time, as the table takes them. */
const IDS_AT_A_TIME = 100;

/**
 * Images by id: GET / lists, POST /status asks for many, POST /deletion removes many, POST /keywords changes words of many, GET /:id shows one,
 * PATCH /:id changes its words, POST /:id/retry has it described again, DELETE /:id removes it.
 */
export function imageRoutes(deps: ImageRouteDeps) {
  return new Hono<ApiEnv>()
    .get('/', query(ListParameters), async (c) => {
      const { limit, cursor, status } = c.req.valid('query');
      const { id, incarnation } = c.get('account');
      const secret = await deps.seals.of(id, incarnation);
      const list = sealedFor(status);
      const after = cursor === undefined ? {} : { after: parseImageId(openCursor(secret, list, cursor)) };
      const { next, ...listed } = await listOf(deps, c.get('tenant'), status, { limit, ...after });
      const page: ImagesPage = { ...listed, ...(next && { cursor: sealCursor(secret, list, next) }) };
      return c.json(page);
    })
    .post('/status', body(StatusBody), async (c) => {
      const tenant = c.get('tenant');
      const ids = await idsOf(deps, tenant, c.req.valid('json'));
      const records = await recordsOf(deps, tenant, ids);
      const invited = await invitedAmong(
        deps,
        tenant,
        ids.filter((id) => !records.has(id)),
      );
      const images = ids.map((id): StatusAnswer['images'][number] => {
        const record = records.get(id);
        if (!record) return unrecordedJson(id, invited.get(id));
        return isUnreadable(record) ? { id, status: 'unreadable' } : imageJson(record);
      });
      const answer: StatusAnswer = { images };
      return c.json(answer);
    })
    .post('/deletion', body(DeletionBody), async (c) => {
      const ids = await idsOf(deps, c.get('tenant'), c.req.valid('json'));
      const unknown = await deleteImages(deps, c.get('account'), ids);
      const images = ids.map((id) => ({ id, status: unknown.has(id) ? 'unknown' : 'removed' }) as const);
      const answer: DeletionAnswer = { images };
      return c.json(answer);
    })
    .post('/keywords', body(KeywordsBody), async (c) => {
      const { keywords, ...asked } = c.req.valid('json');
      const tenant = c.get('tenant');
      const ids = await idsOf(deps, tenant, asked);
      const outcomes = await editWords(deps, tenant, ids, keywords);
      const answer: KeywordsAnswer = { images: ids.map((id) => editedJson(id, outcomes.get(id))) };
      return c.json(answer, 202);
    })
    .on(['ALL'], ['/status', '/deletion', '/keywords'], (c) => c.notFound()) // they are no images
    .get('/:id', path(ImagePath), query(ShowParameters), async (c) => {
      const tenant = c.get('tenant');
      const imageId = c.req.valid('param').id;
      const record = readable(await deps.records.get(tenant, imageId));
      if (!record || record.status === 'removed') {
        throw noSuchImage();
      }
      const gloss = readable((await deps.glosses.getMany(tenant, [imageId])).get(imageId));
      const card = cardOfRecord(record);
      const shown: ShownImage = {
        ...imageJson(record),
        source: record.source,
        ...(record.arrivedAtMs !== undefined && { arrivedAt: new Date(record.arrivedAtMs).toISOString() }),
        ...(await addressesJson(deps.objects, tenant, card)),
        ...(gloss && { gloss: await glossJson(deps.objects, tenant, card, gloss) }),
        ...(c.req.valid('query').index && (await inIndexJson(deps, tenant, record))),
        ...(record.people && { changes: changesJson(record.people) }),
      };
      return c.json(shown);
    })
    .patch('/:id', path(ImagePath), body(ImageChangeBody), async (c) => {
      const { id } = c.req.valid('param');
      const outcomes = await editWords(deps, c.get('tenant'), [id], c.req.valid('json').keywords);
      const record = readable(outcomes.get(id));
      if (!record) throw noSuchImage();
      if (record instanceof GlossError) throw record;
      return c.json(imageJson(record), 202);
    })
    .post('/:id/retry', path(ImagePath), async (c) => {
      const { imageId, sequencer } = await retryImage(deps, c.get('account'), c.req.valid('param').id);
      const answer: RetryAnswer = { id: imageId, sequencer };
      return c.json(answer, 202);
    })
    .delete('/:id', path(ImagePath), async (c) => {
      await deleteImage(deps, c.get('account'), c.req.valid('param').id);
      return c.body(null, 204);
    });
}

/** Where the words of an image are; nothing where none are. @throws GlossError `corrupt` */
async function inIndexJson(
  deps: IndexReaderDeps,
  tenant: TenantId,
  { imageId, sequencer }: ImageRecord,
): Promise<Pick<ShownImage, 'inIndex'>> {
  const found = await readIndex(deps, tenant, (index) => index.documentsOf([imageId]));
  const place = found.get(imageId);
  if (!place) return {};
  const { segment, docId } = place;
  return { inIndex: { segment: segment.id, document: docId, isCurrent: place.sequencer === sequencer } };
}

/** Of names that Unicode may write in several ways the images that are there, or else those of the composed names, as uploads have them. */
async function idsOf(
  deps: Pick<ImageRouteDeps, 'records'>,
  tenant: TenantId,
  { ids, names = [] }: { readonly ids?: readonly ImageId[]; readonly names?: readonly string[] },
): Promise<readonly ImageId[]> {
  if (ids) return ids;
  const spelt = names.map((name) => [...new Set([name, ...spellingsOf(name)])]);
  const unsure = spelt.filter((spellings) => spellings.length > 1).flat();
  const records = await recordsOf(
    deps,
    tenant,
    unsure.map((name) => imageIdOf(tenant, name)),
  );
  return spelt.map((spellings) => {
    const found = spellings.map((name) => imageIdOf(tenant, name)).find((id) => records.has(id));
    return found ?? imageIdOf(tenant, composedName(spellings[0]!));
  });
}

type Listed = Omit<ImagesPage, 'cursor'> & { readonly next?: ImageId };

async function listOf(
  deps: Pick<ImageRouteDeps, 'records' | 'reservations'>,
  tenant: TenantId,
  status: ListedStatus | undefined,
  page: { readonly limit: number; readonly after?: ImageId },
): Promise<Listed> {
  if (status === 'expected') {
    const { images, ...next } = await listExpected(deps, tenant, page);
    return { images: [], expected: images.map(expectedJson), ...next };
  }
  const { records, ...next } = await deps.records.list(tenant, page);
  const images = readableOnes(records)
    .filter((record) => (status === undefined ? record.status !== 'removed' : record.status === status))
    .map(imageJson);
  return { images, ...next };
}

async function recordsOf(
  { records }: Pick<ImageRouteDeps, 'records'>,
  tenant: TenantId,
  ids: readonly ImageId[],
): Promise<ReadonlyMap<ImageId, StoredRecord>> {
  return inParts(ids, (part) => records.getMany(tenant, part));
}

/** Which of those that nothing is recorded of may still come: their form can be used, or their upload is under way. */
const invitedAmong = async (
  { reservations }: Pick<ImageRouteDeps, 'reservations'>,
  tenant: TenantId,
  ids: readonly ImageId[],
): Promise<ReadonlyMap<ImageId, HeldReservation>> => inParts(ids, (part) => reservations.of(tenant, part));

async function inParts<T>(
  ids: readonly ImageId[],
  read: (part: readonly ImageId[]) => Promise<ReadonlyMap<ImageId, T>>,
): Promise<ReadonlyMap<ImageId, T>> {
  const parts = Array.from(partsOf(ids, IDS_AT_A_TIME), read);
  return new Map((await Promise.all(parts)).flatMap((part) => [...part]));
}

const unrecordedJson = (id: ImageId, held: HeldReservation | undefined) =>
  held?.name === undefined
    ? ({ id, status: 'unknown' } as const)
    : expectedJson({ imageId: id, ...held, name: held.name });

const expectedJson = ({ imageId, name, bytes, endsAtMs }: Expected): ExpectedImage => ({
  id: imageId,
  name,
  status: 'expected',
  bytes,
  expiresAt: new Date(endsAtMs).toISOString(),
});

function editedJson(id: ImageId, outcome: EditOutcome): KeywordsAnswer['images'][number] {
  if (!outcome) return { id, status: 'unknown' };
  if (outcome instanceof GlossError)
    return { id, status: 'refused', code: outcome.code, reason: outcome.message };
  return isUnreadable(outcome) ? { id, status: 'unreadable' } : imageJson(outcome);
}
