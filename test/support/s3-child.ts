import { appendFileSync } from 'node:fs';
import { startS3 } from '../../infra/local/servers/s3-server.ts';

/** An S3 in a process of its own, to be killed: `s3-child.ts DATA_DIR EVENTS_FILE SECRET`; prints its endpoint. */
const [dataDir, eventsFile, secret] = process.argv.slice(2);
const s3 = await startS3({
  dataDir: dataDir!,
  region: 'us-east-1',
  secretFor: () => secret,
  onEvent({ record }) {
    appendFileSync(eventsFile!, `${JSON.stringify(record)}\n`);
    return Promise.resolve();
  },
});
await s3.createBucket('photos');
console.log(s3.endpoint);
