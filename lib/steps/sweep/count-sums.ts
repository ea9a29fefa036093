import { plusSize, sumPartOf, type ImageRecord } from '../../domain/image.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import { SUM_PARTS, type Moved, type Totals } from '../../domain/usage.ts';
import { readableOnes } from '../../domain/unreadable.ts';
import type { CountedPart, ImageRecords } from '../../ports/image-records.ts';

type Records = Pick<ImageRecords, 'list' | 'moved' | 'correctTotals'>;

const NOTHING: Totals = { images: 0, bytes: 0 };
const PAGE = 500;
/** Counts of a part in which something moves each time. */
const MAX_COUNTS = 5;

/** The sums of each part so far, while somebody goes through all records. */
export const noSums = (): readonly Totals[] => Array.from({ length: SUM_PARTS }, () => NOTHING);

export const plusRecords = (sums: readonly Totals[], records: readonly ImageRecord[]): readonly Totals[] => {
  const next = [...sums];
  for (const record of records) {
    const part = sumPartOf(record.imageId);
    next[part] = plusSize(next[part]!, record);
  }
  return next;
};

/**
 * Puts the sums of a tenant right by those of its records, while images come and go. A part of the images in which nothing moved since its
 * records were gone through is counted; another one is counted again, by itself. What is added to a part after it was counted is known.
 * So the sums are right at the moment in which they are written.
 * @param sums of each part, by records that were read after `moved`
 * @returns whether they were wrong and are right now; false also where time is up, a record cannot be read or a part does not stand still
 */
export async function correctSums(
  records: Records,
  tenant: TenantId,
  { sums, moved }: { readonly sums: readonly Totals[]; readonly moved: readonly Moved[] },
  timeIsUp: () => boolean,
): Promise<boolean> {
  const now = await records.moved(tenant);
  const counted: CountedPart[] = [];
  for (const [part, { images, bytes }] of sums.entries()) {
    const stood = now[part]!.moves === moved[part]!.moves;
    const count = stood
      ? { images, bytes, at: moved[part]! }
      : await countPart(records, tenant, part, timeIsUp);
    if (!count) return false;
    counted.push(count);
  }
  return records.correctTotals(tenant, counted);
}

async function countPart(
  records: Records,
  tenant: TenantId,
  part: number,
  timeIsUp: () => boolean,
): Promise<CountedPart | undefined> {
  let before = (await records.moved(tenant))[part]!;
  for (let count = 0; count < MAX_COUNTS; count += 1) {
    const sum = await sumOfPart(records, tenant, part, timeIsUp);
    if (!sum) return undefined;
    const after = (await records.moved(tenant))[part]!;
    if (after.moves === before.moves) return { ...sum, at: after };
    before = after;
  }
  return undefined;
}

async function sumOfPart(
  records: Records,
  tenant: TenantId,
  part: number,
  timeIsUp: () => boolean,
): Promise<Totals | undefined> {
  let sum = NOTHING;
  let after = part === 0 ? undefined : lastOf(part - 1);
  do {
    if (timeIsUp()) return undefined;
    const page = await records.list(tenant, { limit: PAGE, ...(after !== undefined && { after }) });
    const own = page.records.filter(({ imageId }) => sumPartOf(imageId) === part);
    const whole = readableOnes(own);
    // Of one that cannot be read nobody knows what it adds: then the sums stay.
    if (whole.length < own.length) return undefined;
    sum = whole.reduce(plusSize, sum);
    after = own.length < page.records.length ? undefined : page.next;
  } while (after !== undefined);
  return sum;
}

/** The last id that an image of a part can have. */
const lastOf = (part: number) => part.toString(16).padEnd(32, 'f') as ImageId;
