import * as z from 'zod';
import type { SQSRecord } from 'aws-lambda';
import { GlossError } from '../../lib/domain/errors.ts';
import {
  imageIdOf,
  isImageId,
  isTenantId,
  parseImageId,
  parseSequencer,
  parseTenantId,
  type ImageId,
  type Incarnation,
  type SegmentId,
  type Sequencer,
  type TenantId,
} from '../../lib/domain/ids.ts';
import { parseUploadKey, uploadKey } from '../../lib/domain/object-key.ts';
import type {
  DescribeMessage,
  IndexMessage,
  MergeMessage,
  NotifyMessage,
  PurgeMessage,
  ReindexMessage,
  SweepMessage,
} from '../../lib/domain/messages.ts';
import { SUM_PARTS } from '../../lib/domain/usage.ts';

/** What S3 told of one upload. */
interface ObjectEvent {
  /** `marked`: by a delete marker. `version removed`: one of several versions; the object may still be there. */
  readonly kind: 'created' | 'removed' | 'marked' | 'version removed';
  readonly tenant: TenantId;
  readonly imageId: ImageId;
  readonly name: string;
  readonly key: string;
  readonly sequencer: Sequencer;
  readonly bytes: number;
  readonly again?: true;
  readonly woken?: true;
  /** Absent where an event does not say. */
  readonly atMs: number | undefined;
}

const S3Record = z.object({
  eventName: z.string(),
  eventTime: z.iso.datetime().optional(),
  s3: z.object({
    object: z.object({
      key: z.string(),
      size: z.number().optional(),
      sequencer: z.string(),
      versionId: z.string().optional(),
    }),
  }),
});
/** S3 sends a test event when notifications are set up; it has no Records. */
const S3Body = z.union([
  z.object({ Records: z.array(S3Record) }),
  z.object({ Event: z.literal('s3:TestEvent') }).transform(() => ({ Records: [] })),
]);

/**
 * The uploads that an SQS message speaks of; none for S3's test event and for keys that name no image.
 * @throws GlossError `invalid` for a message that is no S3 notification.
 */
export function objectEventsOf(record: SQSRecord): ObjectEvent[] {
  const { Records } = parseBody(record, S3Body);
  return Records.flatMap(({ eventName, eventTime, s3: { object } }): ObjectEvent[] => {
    const key = decodeKey(object.key);
    const upload = parseUploadKey(key);
    if (!upload) return [];
    const atMs = eventTime === undefined ? undefined : Date.parse(eventTime);
    const kind = kindOf(eventName, object.versionId);
    const sequencer = parseSequencer(object.sequencer);
    return [{ kind, ...upload, key, sequencer, bytes: object.size ?? 0, atMs }];
  });
}

/**
 * Keys of new objects that name no image of any tenant, such as `uploads/Acme/cat.jpg`. Folder markers are left out: they
 * hold nothing.
 * @throws GlossError `invalid` for a message that is neither an S3 notification nor one of ours.
 */
export function strangeKeysOf(record: SQSRecord): string[] {
  if (DescribeBody.safeParse(parseBody(record, z.unknown())).success) return [];
  const { Records } = parseBody(record, S3Body);
  return Records.filter(({ eventName }) => kindOf(eventName, undefined) === 'created')
    .map(({ s3: { object } }) => ({ key: decodeKey(object.key), bytes: object.size ?? 0 }))
    .filter(({ key, bytes }) => !parseUploadKey(key) && !(key.endsWith('/') && bytes === 0))
    .map(({ key }) => key);
}

/** In a bucket with versions, an object is removed by a delete marker, and `Delete` is of one version. */
function kindOf(eventName: string, versionId: string | undefined): ObjectEvent['kind'] {
  if (!eventName.startsWith('ObjectRemoved')) return 'created';
  if (eventName === 'ObjectRemoved:DeleteMarkerCreated') return 'marked';
  return versionId === undefined ? 'removed' : 'version removed';
}

const DescribeBody = z.object({
  tenant: z.string().transform(parseTenantId),
  name: z.string(),
  bytes: z.number(),
  storedAtMs: z.number(),
  sequencer: z.string().transform(parseSequencer),
  ofFew: z.literal(true).exactOptional(),
  again: z.literal(true).exactOptional(),
  woken: z.literal(true).exactOptional(),
}) satisfies z.ZodType<DescribeMessage>;

/**
 * The uploads that a message to the admit or the describe function speaks of: S3's, or one of ours.
 * @throws GlossError `invalid`.
 */
export function uploadsOf(record: SQSRecord): ObjectEvent[] {
  const own = DescribeBody.safeParse(parseBody(record, z.unknown()));
  if (!own.success) return objectEventsOf(record);
  const { storedAtMs, ...message } = own.data;
  const { tenant, name } = message;
  const imageId = imageIdOf(tenant, name);
  const key = uploadKey(tenant, name);
  return [{ kind: 'created', ...message, imageId, key, atMs: storedAtMs }];
}

/** S3 writes keys as in a form: percent escapes, and plus for a space. */
const decodeKey = (key: string): string => decodeURIComponent(key.replaceAll('+', ' '));

const IndexBody = z.object({
  tenant: z.string().transform(parseTenantId),
  imageId: z.string().transform(parseImageId),
}) satisfies z.ZodType<IndexMessage>;

/** @throws GlossError `invalid`. */
export const indexMessageOf = (record: SQSRecord): IndexMessage => parseBody(record, IndexBody);

const tenant = z.string().transform(parseTenantId);
const segmentId = z.string().transform((id) => id as SegmentId);
const MergeBody = z.discriminatedUnion('task', [
  z.object({ tenant, task: z.enum(['merge', 'rewrite']) }),
  z.object({
    tenant,
    task: z.literal('drop'),
    segmentIds: z.array(segmentId),
    again: z.literal(true).exactOptional(),
  }),
]) satisfies z.ZodType<MergeMessage>;

/** @throws GlossError `invalid`. */
export const mergeMessageOf = (record: SQSRecord): MergeMessage => parseBody(record, MergeBody);

const ReindexBody = z.object({
  tenant,
  rebuild: z.string().min(1),
  leftovers: z.string().exactOptional(),
}) satisfies z.ZodType<ReindexMessage>;

/** @throws GlossError `invalid`. */
export const reindexMessageOf = (record: SQSRecord): ReindexMessage => parseBody(record, ReindexBody);

const amount = z.int().min(0);
const PurgeBody = z.object({
  tenant,
  incarnation: z
    .string()
    .transform((text) => text as Incarnation)
    .exactOptional(),
  final: z.boolean(),
  at: z
    .object({ store: amount, start: z.string().exactOptional(), scanned: amount, found: amount })
    .exactOptional(),
}) satisfies z.ZodType<PurgeMessage>;

/** @throws GlossError `invalid`. */
export const purgeMessageOf = (record: SQSRecord): PurgeMessage => parseBody(record, PurgeBody);

const NotifyBody = IndexBody.extend({
  to: z.literal('bus').exactOptional(),
  wait: z.object({ sinceMs: amount, turns: amount, failures: amount }).exactOptional(),
}) satisfies z.ZodType<NotifyMessage>;

/** @throws GlossError `invalid`. */
export const notifyMessageOf = (record: SQSRecord): NotifyMessage => parseBody(record, NotifyBody);

const task = z.enum(['images', 'documents', 'objects', 'thumbnails', 'postings', 'strays', 'waiting']);
// What throws would end the search for a form that fits: a place in the bucket is neither of these.
const imageId = z.custom<ImageId>((text) => typeof text === 'string' && isImageId(text));
const afterTenant = z.custom<TenantId>((text) => typeof text === 'string' && isTenantId(text));
const totals = z.strictObject({ images: z.number(), bytes: z.number() });
const eachPart = <Part extends z.ZodType>(part: Part) => z.array(part).length(SUM_PARTS);
const SweepBody = z.union([
  z.strictObject({ task, after: afterTenant.exactOptional() }),
  z.strictObject({
    task: z.literal('images'),
    tenant,
    after: imageId.exactOptional(),
    sums: z
      .strictObject({ ofParts: eachPart(totals), moved: eachPart(totals.extend({ moves: z.number() })) })
      .exactOptional(),
    // Of messages of before sums had parts.
    counted: z.unknown().exactOptional(),
    again: z.unknown().exactOptional(),
  }),
  z.strictObject({ task: z.literal('objects'), tenant, after: z.string().exactOptional() }),
  z.strictObject({ task: z.literal('thumbnails'), tenant, after: z.string().exactOptional() }),
  z.strictObject({
    task: z.literal('documents'),
    tenant,
    after: z.strictObject({ segmentId, docId: amount }).exactOptional(),
  }),
  z.strictObject({ task: z.enum(['postings', 'strays', 'waiting']), tenant }),
  z.strictObject({ task: z.literal('keys') }),
  z.strictObject({ task: z.literal('segments'), after: z.string().exactOptional() }),
  z.strictObject({ task: z.literal('segments'), tenant, segmentIds: z.array(segmentId) }),
]) satisfies z.ZodType<SweepMessage>;

/** @throws GlossError `invalid`. */
export const sweepMessageOf = (record: SQSRecord): SweepMessage => parseBody(record, SweepBody);

/** How often the queue has delivered this message, this time included. */
export const receiveCountOf = (record: SQSRecord): number =>
  Number(record.attributes.ApproximateReceiveCount);

function parseBody<T>({ body, messageId }: SQSRecord, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(body));
  } catch (cause) {
    throw new GlossError('invalid', 'message', `message ${messageId} is not what this queue carries`, {
      cause,
    });
  }
}
