import { z } from 'zod';
import type { SQSRecord } from 'aws-lambda';
import { GlossError } from '../../lib/domain/errors.ts';
import {
  parseImageId,
  parseSequencer,
  parseTenantId,
  type ImageId,
  type Incarnation,
  type SegmentId,
  type Sequencer,
  type TenantId,
} from '../../lib/domain/ids.ts';
import { parseUploadKey } from '../../lib/domain/object-key.ts';
import type {
  IndexMessage,
  MergeMessage,
  NotifyMessage,
  PurgeMessage,
  SweepMessage,
} from '../../lib/domain/messages.ts';

/** What S3 told of one upload. */
interface ObjectEvent {
  readonly kind: 'created' | 'removed';
  readonly tenant: TenantId;
  readonly imageId: ImageId;
  readonly name: string;
  readonly key: string;
  readonly sequencer: Sequencer;
  readonly bytes: number;
}

const S3Record = z.object({
  eventName: z.string(),
  s3: z.object({
    object: z.object({ key: z.string(), size: z.number().optional(), sequencer: z.string() }),
  }),
});
/** S3 sends a test event when notifications are set up; it has no Records. */
const S3Body = z.union([
  z.object({ Records: z.array(S3Record) }),
  z.object({ Event: z.literal('s3:TestEvent') }).transform(() => ({ Records: [] })),
]);

/**
 * The uploads that an SQS message speaks of; none for S3's test event and for keys that are no pictures.
 * @throws GlossError `invalid` for a message that is no S3 notification.
 */
export function objectEventsOf(record: SQSRecord): ObjectEvent[] {
  const { Records } = parseBody(record, S3Body);
  return Records.flatMap(({ eventName, s3: { object } }): ObjectEvent[] => {
    const key = decodeKey(object.key);
    const upload = parseUploadKey(key);
    if (!upload) return [];
    const kind = eventName.startsWith('ObjectRemoved') ? 'removed' : 'created';
    return [{ kind, ...upload, key, sequencer: parseSequencer(object.sequencer), bytes: object.size ?? 0 }];
  });
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
  z.object({ tenant, task: z.literal('drop'), segmentIds: z.array(segmentId) }),
]) satisfies z.ZodType<MergeMessage>;

/** @throws GlossError `invalid`. */
export const mergeMessageOf = (record: SQSRecord): MergeMessage => parseBody(record, MergeBody);

const amount = z.int().min(0);
const PurgeBody = z.object({
  tenant,
  incarnation: z
    .string()
    .transform((text) => text as Incarnation)
    .exactOptional(),
  final: z.boolean(),
  removed: z.object({ items: amount, objects: amount }),
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

const task = z.enum(['images', 'postings']);
const imageId = z.string().transform(parseImageId);
const SweepBody = z.union([
  z.strictObject({ task, after: tenant.exactOptional() }),
  z.strictObject({ task, tenant, after: imageId.exactOptional() }),
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
