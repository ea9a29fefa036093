import type { TenantId } from '../../domain/ids.ts';
import type { DescribeMessage } from '../../domain/messages.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { Reservations } from '../../ports/reservations.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { IndexWriterDeps } from '../index/index-writer.ts';
import { admitImages } from './admit-image.ts';
import { describeMessage } from './describe-message.ts';
import type { FoundUpload, UploadEvent } from './describe-request.ts';
import { failImage, GAVE_UP } from './fail-image.ts';
import { findUpload, type FindUploadDeps } from './find-upload.ts';
import { releaseRoom } from './release-room.ts';

interface AdmitUploadsDeps extends FindUploadDeps, IndexWriterDeps {
  readonly records: ImageRecords;
  readonly glosses: Pick<Glosses, 'getMany'>;
  readonly reservations: Pick<Reservations, 'release'>;
  readonly describeQueue: MessageQueue<DescribeMessage>;
}

export interface AdmitRequest extends UploadEvent {
  /** Whether the queue gives up after this attempt: then the image fails until it is described after all. */
  readonly lastAttempt: boolean;
}

/** admitted: is to be described; done before: a later event of the name has come. */
export type AdmitOutcome = 'admitted' | 'done before' | 'gone' | 'stray';

/**
 * Writes that uploads of one tenant are here and has each of them described: cheap, so that nobody waits long for it,
 * however many another tenant has. The record is written before the message is sent, and whoever comes again finds it and
 * sends the message again.
 */
export async function admitUploads(
  deps: AdmitUploadsDeps,
  tenant: TenantId,
  uploads: readonly AdmitRequest[],
): Promise<AdmitOutcome[]> {
  const outcomes: AdmitOutcome[] = [];
  for (const round of roundsOf(uploads)) outcomes.push(...(await admitRound(deps, tenant, round)));
  return outcomes;
}

/** Events of one name follow each other: each version of an object is counted. */
function roundsOf(uploads: readonly AdmitRequest[]): AdmitRequest[][] {
  const rounds: AdmitRequest[][] = [];
  for (const sameName of Map.groupBy(uploads, ({ imageId }) => imageId).values())
    for (const [i, upload] of sameName.entries()) (rounds[i] ??= []).push(upload);
  return rounds;
}

async function admitRound(
  deps: AdmitUploadsDeps,
  tenant: TenantId,
  uploads: readonly AdmitRequest[],
): Promise<AdmitOutcome[]> {
  const looked = await Promise.all(uploads.map((upload) => findUpload(deps, upload)));
  const outcomes: AdmitOutcome[] = [];
  const own: (AdmitRequest & FoundUpload)[] = [];
  let limits;
  for (const found of looked) {
    if (typeof found === 'string') outcomes.push(found);
    else {
      own.push(found.upload);
      ({ limits } = found.account.settings);
    }
  }
  if (!limits) return outcomes;

  const admissions = await admitImages({ ...deps, settings: { limits } }, tenant, own);
  const admitted = own.filter(
    ({ imageId, sequencer }) => admissions.get(imageId)!.record.sequencer === sequencer,
  );
  const lastOnes = admitted.filter(
    ({ imageId, lastAttempt }) => lastAttempt && admissions.get(imageId)!.record.status === 'received',
  );
  // They are counted among what the tenant has. What a worker that dies here leaves reserved ends by itself; a later one could take
  // away what the next picture of the name has reserved meanwhile.
  const arrived = admitted.filter(({ imageId }) => admissions.get(imageId)!.isNew);
  const ofFew = await releaseRoom(
    deps,
    tenant,
    arrived.map(({ imageId }) => imageId),
  );
  for (const upload of lastOnes) await failImage(deps, upload, GAVE_UP);
  const nowMs = deps.clock.nowMs();
  await deps.describeQueue.send(
    admitted.map((upload) => ({
      ...messageOf(upload, nowMs),
      ...(ofFew.has(upload.imageId) && { ofFew: true as const }),
    })),
  );
  return [
    ...outcomes,
    ...own.map((upload) => (admitted.includes(upload) ? ('admitted' as const) : ('done before' as const))),
  ];
}

const messageOf = ({ tenant, name, bytes, sequencer, atMs }: AdmitRequest, nowMs: number): DescribeMessage =>
  describeMessage(tenant, name, { bytes, storedAtMs: atMs ?? nowMs }, sequencer);
