import { formEncodeKey } from './s3-encoding.ts';
import type { MakeRecord, NewVersion } from './s3-database.ts';
import type { S3Request } from './s3-request.ts';

/** Who did it and where, for the event. */
interface EventOrigin {
  readonly region: string;
  readonly accessKeyId: string;
  readonly request: S3Request;
}

/** What S3 calls the creation of an object by a request. */
export type CreatedEventName = `ObjectCreated:${'Put' | 'Post' | 'Copy' | 'CompleteMultipartUpload'}`;

/** The event of an object that came in. Source: "Event message structure" of the S3 user guide, version 2.1. */
export function createdRecord(
  eventName: CreatedEventName,
  origin: EventOrigin,
  { key, size, eTag, modifiedMs }: NewVersion,
): MakeRecord {
  const object = { key: formEncodeKey(key), size, eTag };
  return (sequencer, versionId) =>
    eventRecord(eventName, origin, modifiedMs, {
      ...object,
      ...(versionId !== undefined && { versionId }),
      sequencer,
    });
}

/**
 * The event of an object or a version that was removed, or got a delete marker on top: without size and tag, as S3
 * sends it.
 */
export function removedRecord(
  origin: EventOrigin,
  key: string,
  { atMs, isMarked }: { readonly atMs: number; readonly isMarked: boolean },
): MakeRecord {
  const eventName = isMarked ? 'ObjectRemoved:DeleteMarkerCreated' : 'ObjectRemoved:Delete';
  return (sequencer, versionId) =>
    eventRecord(eventName, origin, atMs, {
      key: formEncodeKey(key),
      ...(versionId !== undefined && { versionId }),
      sequencer,
    });
}

function eventRecord(
  eventName: string,
  { region, accessKeyId, request }: EventOrigin,
  atMs: number,
  object: object,
): object {
  const { bucket } = request;
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventTime: new Date(atMs).toISOString(),
    eventName,
    userIdentity: { principalId: `AWS:${accessKeyId}` },
    requestParameters: { sourceIPAddress: request.sourceIp },
    responseElements: { 'x-amz-request-id': request.id, 'x-amz-id-2': request.id },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'local',
      bucket: { name: bucket, ownerIdentity: { principalId: 'LOCAL' }, arn: `arn:aws:s3:::${bucket}` },
      object,
    },
  };
}
