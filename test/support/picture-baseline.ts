import { countRequests, type Asked } from '../../lib/lab/bench/count-requests.ts';
import { parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { fixture, s3Event, startService } from './service.ts';

/** Where the committed figures are. */
export const PICTURE_BASELINE_FILE = new URL('../golden/picture-baseline.json', import.meta.url);

/** The first one finds an empty index, and tells nothing of the others. */
const BATCHES = [
  { pictures: 1, views: 5 },
  { pictures: 1, views: 5 },
  { pictures: 10, views: 5 },
  { pictures: 10, views: 1 },
];
/** Who takes pictures whole, and who by the deployment's crops 2x2. */
const TENANTS = { 1: parseTenantId('whole'), 5: parseTenantId('pictures') } as Readonly<
  Record<number, TenantId>
>;

/**
 * What pictures ask of DynamoDB on their way through the functions, counted below the SDK on the embedded servers, and of S3, SQS and Lambda, counted by those servers: one by itself,
 * and several in the batches of their queues. The photo is cut into five views, or seen whole.
 * @returns JSON with a line for each step
 */
export async function pictureBaseline(): Promise<string> {
  const wishes = new Map<string, number>();
  const service = await startService({
    onWish: (action) => wishes.set(action, (wishes.get(action) ?? 0) + 1),
  });
  const counts = countRequests();
  try {
    await service.keys.create(TENANTS[5]!);
    await service.keys.create(TENANTS[1]!, undefined, { cropPolicy: 'none' });
    const photo = await fixture('samples/chelsea.jpg');
    const rows: object[] = [];
    let sequencer = 0;
    for (const { pictures, views } of BATCHES) {
      const tenant = TENANTS[views]!;
      const names = Array.from({ length: pictures }, () => `photo-${(sequencer += 1)}.jpg`);
      for (const name of names) await service.upload(`uploads/${tenant}/${name}`, photo, 'image/jpeg');
      const events = names.map((name, i) =>
        s3Event(
          'Created:Put',
          `uploads/${tenant}/${name}`,
          `0055AED6DCD9028${sequencer}${i}`.padEnd(18, '0'),
          1,
          {
            size: photo.length,
          },
        ),
      );
      const uploads = { Records: events.flatMap(({ Records }) => Records) };
      const each = async (work: () => Promise<unknown>) => {
        wishes.clear();
        const { asked } = await counts.of(work);
        return perPicture(asked, wishes, pictures);
      };
      const admitting = await each(() => service.admit(uploads));
      const admitted = await service.drainDescribeQueue();
      const describing = await each(async () => {
        // One by one, as the queue hands them over.
        for (const message of admitted.Records) await service.describeAdmitted({ Records: [message] });
      });
      const described = await service.drainIndexQueue();
      const indexing = await each(() => service.index(described));
      rows.push({ pictures, views, admitting, describing, indexing });
    }
    const text = JSON.stringify({ perPicture: rows.slice(1) }, undefined, 2);
    return `${text.replaceAll(/\{[^{}[\]]*\}/g, (flat) => flat.replaceAll(/\s+/g, ' '))}\n`;
  } finally {
    counts.stop();
    await service.close();
  }
}

function perPicture(
  { readUnits, writeUnits, requests }: Asked,
  wishes: ReadonlyMap<string, number>,
  pictures: number,
) {
  const sum = (of: RegExp) =>
    [...wishes].reduce((total, [action, count]) => total + (of.test(action) ? count : 0), 0) / pictures;
  return {
    readUnits: readUnits / pictures,
    writeUnits: writeUnits / pictures,
    requests: requests / pictures,
    // As S3 charges for them; deletions are free.
    objectReads: sum(/^s3:GetObject/),
    objectWrites: sum(/^s3:(?:Put|List)/),
    sends: sum(/^sqs:SendMessage/),
    calls: sum(/^lambda:/),
  };
}
