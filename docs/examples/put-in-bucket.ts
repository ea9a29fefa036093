/**
 * Puts a picture straight into the bucket and prints the id of the image. It takes AWS credentials that may put objects
 * there, where the SDK finds them. An API key is none, and no route gives them out: customers upload as upload.sh does.
 *   GLOSS_BUCKET=... AWS_REGION=... node docs/examples/put-in-bucket.ts TENANT beach.jpg
 */
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';

const [owner = '', path = ''] = process.argv.slice(2);
const tenant = parseTenantId(owner);
const name = basename(path);

await new S3Client().send(
  new PutObjectCommand({
    Bucket: process.env['GLOSS_BUCKET'],
    Key: `uploads/${tenant}/${name}`, // where there is no such tenant, it becomes a stray
    Body: await readFile(path),
    ContentType: 'image/jpeg',
  }),
);
console.log(imageIdOf(tenant, name));
