import { GlossError } from '../../domain/errors.ts';
import { afterArrival } from '../../domain/image-state.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { ImageFailure, ImageRecord } from '../../domain/image.ts';
import { changesOf, type PeoplesWords } from '../../domain/peoples-words.ts';
import { isUnreadable } from '../../domain/unreadable.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords, Room } from '../../ports/image-records.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { Totals } from '../../domain/usage.ts';
import { isAboveQuota, quotaExceededBy, type QuotaLimits } from './check-quota.ts';
import type { FoundUpload } from './describe-request.ts';
import { failureOf } from './image-failure.ts';
import { updateRecords, type Next } from './update-record.ts';

interface AdmitImageDeps {
  readonly records: ImageRecords;
  readonly glosses: Pick<Glosses, 'getMany'>;
  readonly clock: Clock;
  /** Of what the tenant may have in all. */
  readonly settings: { readonly limits: QuotaLimits };
}

/** Each lost turn was another's deletion. */
const MAX_TURNS = 8;

interface Admission {
  readonly record: ImageRecord;
  /** The quota that it exceeds; undefined where it is let in. */
  readonly refusal: GlossError | undefined;
  /** Whether this call was the first to write that it is here. */
  readonly isNew: boolean;
}

/**
 * Writes that uploads are here, those that the quota has room for, in one write: of several that come at once as many are
 * let in as there is room for. That is asked once: an upload that was let in goes on, whatever comes after it. One that was
 * not fails, and is asked again when its event comes again. It counts, since its object is in the bucket.
 * @param uploads at most 100 of one tenant, each of another name
 */
export async function admitImages(
  deps: AdmitImageDeps,
  tenant: TenantId,
  uploads: readonly FoundUpload[],
  turn = 1,
): Promise<Map<ImageId, Admission>> {
  const { limits } = deps.settings;
  const asked = new Map<ImageId, Totals>();
  const arrived = await arrive(deps, tenant, uploads, ({ imageId, bytes }, before) => {
    asked.set(imageId, askedBy(before, bytes));
    return { room: { limits, asked: asked.get(imageId)! } };
  });
  const admissions = new Map<ImageId, Admission>();
  for (const upload of uploads) {
    const { imageId, bytes } = upload;
    const here = arrived.get(imageId);
    if (here && !isAboveQuota(here.record.failure)) {
      admissions.set(imageId, { ...here, refusal: undefined });
      continue;
    }
    const totals = await deps.records.totals(tenant);
    if (here) {
      admissions.set(imageId, { ...here, refusal: quotaExceededBy(totals, limits, { images: 1, bytes }) });
      continue;
    }
    const more = asked.get(imageId)!;
    const refusal = quotaExceededBy(sumOf(totals, more), limits, more);
    if (refusal) {
      admissions.set(imageId, await refuse(deps, upload, refusal));
      continue;
    }
    // Something was deleted a moment ago; sums that cannot be read look like that each time.
    if (turn === MAX_TURNS)
      throw new GlossError(
        'unavailable',
        'store_unavailable',
        'what the tenant has changes too fast to be counted',
      );
    admissions.set(imageId, (await admitImages(deps, tenant, [upload], turn + 1)).get(imageId)!);
  }
  return admissions;
}

/** The same for one upload. */
export async function admitImage(deps: AdmitImageDeps, upload: FoundUpload): Promise<Admission> {
  return (await admitImages(deps, upload.tenant, [upload])).get(upload.imageId)!;
}

async function refuse(deps: AdmitImageDeps, upload: FoundUpload, refusal: GlossError): Promise<Admission> {
  const failure = failureOf(refusal, true);
  const refused = await arrive(deps, upload.tenant, [upload], () => ({ failure }));
  return { ...refused.get(upload.imageId)!, refusal }; // whoever asks for no room finds it
}

/** What an upload takes up that its name had not been let in for before. The version that it replaces stays and counts. */
const askedBy = (before: ImageRecord | undefined, bytes: number): Totals => {
  const isLetIn = before && before.status !== 'removed' && !isAboveQuota(before.failure);
  return { images: isLetIn ? 0 : 1, bytes };
};

const sumOf = (a: Totals, b: Totals): Totals => ({ images: a.images + b.images, bytes: a.bytes + b.bytes });

/** @returns current records, and whether each was written here; none of those for which there was no room */
async function arrive(
  { records, glosses, clock }: AdmitImageDeps,
  tenant: TenantId,
  uploads: readonly FoundUpload[],
  how: (
    upload: FoundUpload,
    before: ImageRecord | undefined,
  ) => { readonly room?: Room; readonly failure?: ImageFailure },
): Promise<Map<ImageId, Pick<Admission, 'record' | 'isNew'>>> {
  const byId = new Map(uploads.map((upload) => [upload.imageId, upload]));
  const mine = new Map<ImageId, ImageRecord>();
  const full = new Set<ImageId>();
  const next: Next = async (before, imageId, isLost) => {
    const upload = byId.get(imageId)!;
    if (full.has(imageId)) return undefined;
    const isRecordLost = isLost || (!before && upload.again);
    const people = isRecordLost ? await peopleLeft(glosses, tenant, imageId) : undefined;
    const arrival = { ...upload, source: 'upload' as const, ...(people && { people }) };
    const after = afterArrival(before, arrival, clock.nowMs(), isLost);
    if (!after) return undefined;
    const { room, failure } = how(upload, before);
    const written: ImageRecord = failure ? { ...after, status: 'failed', failure } : after;
    mine.set(imageId, written);
    return { after: written, ...(room && { room }) };
  };
  const current = await updateRecords(records, tenant, [...byId.keys()], next, {
    onFull: (id) => full.add(id),
    mends: { nowMs: clock.nowMs() },
  });
  return new Map(
    [...current]
      .filter(([imageId]) => !full.has(imageId))
      .map(([imageId, record]) => [imageId, { record, isNew: record === mine.get(imageId) }]),
  );
}

/** What people changed of the words of an image whose record is lost, as its gloss has it. */
async function peopleLeft(
  glosses: Pick<Glosses, 'getMany'>,
  tenant: TenantId,
  imageId: ImageId,
): Promise<PeoplesWords | undefined> {
  const gloss = (await glosses.getMany(tenant, [imageId])).get(imageId);
  const people = isUnreadable(gloss) ? undefined : gloss?.people;
  return people && changesOf(people);
}
