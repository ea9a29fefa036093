import * as z from 'zod';
import { LOST_NAME, type ImageRecord } from '../domain/image.ts';
import { imageIdOf, type ImageId, type Sequencer, type TenantId } from '../domain/ids.ts';
import type { SeenObject } from '../domain/seen-object.ts';
import { UnreadableRecord } from '../domain/unreadable.ts';
import { WAIT_CODES } from '../domain/wait-code.ts';
import type { StoredRecord } from '../ports/image-records.ts';
import type { Item } from './dynamo-batch.ts';
import { revisionIs, type Condition } from './own-writes.ts';
import { amount, count, pictureFacts, readableAgain, readFields, sequencer } from './stored-json.ts';

const SeenObjectForm = z.looseObject({
  storedAtMs: amount,
  versionId: z.string().optional(),
  eTag: z.string().optional(),
  sha256: z.string().optional(),
});

/** Of the fields of a record as they are stored; `object` is absent in those of before it was kept. */
const formsOf = (tenant: TenantId, imageId: ImageId) => ({
  imageId: z.literal(imageId),
  // The original is found by it, so it is the name of this image, or lost.
  name: z.string().refine((name) => name === LOST_NAME || imageIdOf(tenant, name) === imageId),
  ...FORMS,
});
const FORMS = {
  status: z.literal(['received', 'waiting', 'described', 'searchable', 'failed', 'removed']),
  sequencer,
  source: z.literal(['upload', 'import']),
  bytes: count.optional(),
  olderBytes: count.optional(),
  olderUntilMs: amount.optional(),
  facts: pictureFacts.optional(),
  figures: z
    .looseObject({
      decodeMs: amount,
      modelMs: amount,
      views: count,
      inputTokens: count,
      outputTokens: count,
    })
    .optional(),
  failure: z.looseObject({ code: z.string(), reason: z.string(), retryable: z.boolean() }).optional(),
  waiting: z
    .looseObject({
      code: z.literal(WAIT_CODES),
      reason: z.string(),
      sinceMs: amount,
      untilMs: amount,
      tries: count,
    })
    .optional(),
  counted: z.array(z.string()).optional(),
  mayBeIndexed: z.boolean(),
  createdAtMs: amount,
  arrivedAtMs: amount.optional(),
  object: SeenObjectForm.nullish(),
  thumbnailsOf: sequencer.optional(),
  editedFrom: sequencer.optional(),
  people: z.looseObject({ added: z.array(z.string()), removed: z.array(z.string()) }).optional(),
  deletesObject: z.literal(true).optional(),
  updatedAtMs: amount,
  revision: count,
  versionId: z.string().optional(),
  storedAtMs: amount.optional(),
  deletedAtMs: amount.optional(),
} satisfies Readonly<Record<string, z.ZodType>>;

/**
 * The attributes of a record: as JSON beside its revision. What tells which image it is, and which state of it, is written a
 * second time: where the JSON is damaged, the image can still be deleted.
 * @throws GlossError `internal` for what could not be read again
 */
export function recordAttributes(tenant: TenantId, record: ImageRecord): Item {
  const item: Item = {
    revision: { N: String(record.revision) },
    name: { S: record.name },
    sequencer: { S: record.sequencer },
    record: { S: JSON.stringify(record) },
  };
  return readableAgain(item, recordIn(tenant, record.imageId, item));
}

export function recordIn(tenant: TenantId, imageId: ImageId, item: Item): StoredRecord {
  const { fields, problem } = readFields(item, 'record', formsOf(tenant, imageId));
  const revision = Number(item['revision']?.N ?? NaN);
  const reason =
    problem ??
    (revision !== fields['revision']
      ? 'its revision differs from the one beside it'
      : fields['name'] === LOST_NAME && fields['status'] !== 'removed' && 'it has no name');
  if (reason === false) return withObject(fields as unknown as FoundFields);
  return new UnreadableRecord(imageId, reason, knownOf(tenant, imageId, item, fields, revision), item);
}

function knownOf(
  tenant: TenantId,
  imageId: ImageId,
  item: Item,
  fields: Readonly<Record<string, unknown>>,
  revision: number,
): Partial<ImageRecord> {
  const { versionId: _v, storedAtMs: _s, deletedAtMs: _d, ...known } = fields;
  const [name, number] = [item['name']?.S, item['sequencer']?.S];
  const revisions = [revision, known['revision']].filter((one) => Number.isSafeInteger(one)) as number[];
  return {
    ...(name !== undefined && imageIdOf(tenant, name) === imageId && { name }),
    ...(sequencer.safeParse(number).success && { sequencer: number as Sequencer }),
    ...(known as Partial<ImageRecord>),
    ...(revisions.length > 0 && { revision: Math.max(...revisions) }),
  };
}

/** The condition that a record is still as it was read. */
export function isStill(before: StoredRecord | undefined): Condition {
  if (!(before instanceof UnreadableRecord)) return revisionIs(before?.revision ?? 0);
  const item = before.stored as Item;
  const attributes = ['record', 'revision'];
  const there = attributes.filter((name) => item[name] !== undefined);
  return {
    expression: attributes
      .map((name) => (item[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${name}`))
      .join(' AND '),
    names: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
    ...(there.length > 0 && { values: Object.fromEntries(there.map((name) => [`:${name}`, item[name]!])) }),
  };
}

/** Of before records kept what they know of the bucket: times stood for it. */
interface FoundFields extends Omit<ImageRecord, 'object'> {
  readonly object?: SeenObject | null;
  readonly versionId?: string;
  readonly storedAtMs?: number;
  readonly deletedAtMs?: number;
}

function withObject(stored: FoundFields): ImageRecord {
  const { versionId, storedAtMs, deletedAtMs, ...record } = stored;
  if (record.object !== undefined) return { ...record, object: record.object };
  const { status, deletesObject, updatedAtMs, arrivedAtMs, createdAtMs } = record;
  if (status === 'removed' && !deletesObject) return { ...record, object: null };
  const atMs = deletesObject ? (deletedAtMs ?? updatedAtMs) : (storedAtMs ?? arrivedAtMs ?? createdAtMs);
  return { ...record, object: { storedAtMs: atMs, ...(versionId !== undefined && { versionId }) } };
}
