import { countRequests, type Asked } from '../../lib/lab/bench/count-requests.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { fixture, s3Event, startService } from './service.ts';

/** Where the committed figures are. */
export const PICTURE_BASELINE_FILE = new URL('../golden/picture-baseline.json', import.meta.url);

const TENANT = parseTenantId('pictures');
/** The first one finds an empty index, and tells nothing of the others. */
const BATCHES = [1, 1, 10];

/**
 * What pictures ask of DynamoDB on their way through the functions, counted below the SDK on the embedded servers: one by itself, and several in the
 * batches of their queues. The photo is cut into five views.
 * @returns JSON with a line for each step
 */
export async function pictureBaseline(): Promise<string> {
  const service = await startService();
  const counts = countRequests();
  try {
    await service.keys.create(TENANT);
    const photo = await fixture('samples/chelsea.jpg');
    const rows: object[] = [];
    let sequencer = 0;
    for (const pictures of BATCHES) {
      const names = Array.from({ length: pictures }, () => `photo-${(sequencer += 1)}.jpg`);
      for (const name of names) await service.upload(`uploads/${TENANT}/${name}`, photo, 'image/jpeg');
      const events = names.map((name, i) =>
        s3Event(
          'Created:Put',
          `uploads/${TENANT}/${name}`,
          `0055AED6DCD9028${sequencer}${i}`.padEnd(18, '0'),
          1,
          {
            size: photo.length,
          },
        ),
      );
      const uploads = { Records: events.flatMap(({ Records }) => Records) };
      const each = async (work: () => Promise<unknown>) => {
        const { asked } = await counts.of(work);
        return perPicture(asked, pictures);
      };
      const admitting = await each(() => service.admit(uploads));
      const admitted = await service.drainDescribeQueue();
      const describing = await each(() => service.describeAdmitted(admitted));
      const described = await service.drainIndexQueue();
      const indexing = await each(() => service.index(described));
      rows.push({ pictures, admitting, describing, indexing });
    }
    const text = JSON.stringify({ perPicture: rows.slice(1) }, undefined, 2);
    return `${text.replaceAll(/\{[^{}[\]]*\}/g, (flat) => flat.replaceAll(/\s+/g, ' '))}\n`;
  } finally {
    counts.stop();
    await service.close();
  }
}

const perPicture = ({ readUnits, writeUnits, requests }: Asked, pictures: number) => ({
  readUnits: readUnits / pictures,
  writeUnits: writeUnits / pictures,
  requests: requests / pictures,
});
