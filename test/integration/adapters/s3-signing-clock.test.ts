import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { s3Addresses } from '../../../lib/adapters/s3-addresses.ts';
import { s3ObjectStore } from '../../../lib/adapters/s3-object-store.ts';
import { parseTenantId } from '../../../lib/domain/ids.ts';

/** What is signed is signed by the time of AWS, also on a machine whose clock is wrong. */

const TENANT = parseTenantId('acme');
const KEY = 'uploads/acme/a.jpg';
const MINUTES_10 = 600_000;

describe.each([
  ['ten minutes behind', MINUTES_10],
  ['right', 0],
  ['ten minutes ahead', -MINUTES_10],
])('a clock that is %s', (_how, offsetMs) => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new S3Client({ region: 'us-east-1', credentials });
  const nowMs = () => Date.now() + offsetMs;
  const store = s3ObjectStore(client, 'bucket', { nowMs });
  const addresses = s3Addresses({
    bucketUrl: 'https://bucket.s3.us-east-1.amazonaws.com',
    region: 'us-east-1',
    credentials: () => Promise.resolve(credentials),
    clock: { nowMs },
  });

  it('signs addresses that work now', async () => {
    const before = nowMs();
    const signed = new URL(await addresses.urlFor(TENANT, KEY, undefined)).searchParams.get('X-Amz-Date')!;
    const at = Date.parse(signed.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
    expect(at).toBeGreaterThanOrEqual(before - 1_000);
    expect(at).toBeLessThanOrEqual(nowMs());
  });

  it('signs forms that end when they are said to', async () => {
    const file = { bytes: 1, contentType: 'image/jpeg' };
    const { fields, expiresAtMs } = await store.uploadTarget(TENANT, KEY, file);
    const policy = JSON.parse(Buffer.from(fields['Policy']!, 'base64').toString()) as { expiration: string };
    // Both are taken from the clock, one after the other, and an offset is of whole milliseconds.
    expect(Math.abs(Date.parse(policy.expiration) - expiresAtMs)).toBeLessThan(MINUTES_10 / 2);
    expect(Date.parse(policy.expiration)).toBeGreaterThan(nowMs() + 800_000);
  });
});
