import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { s3Addresses } from '../../../lib/adapters/s3-addresses.ts';
import { parseTenantId } from '../../../lib/domain/ids.ts';

/** Addresses are, to the last character of the signature, those that the client of S3 signs. */

const TENANT = parseTenantId('acme');
const NOW = new Date('2026-03-02T09:20:00Z');
const SESSION = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'secret/+=',
  sessionToken: 'a/token+with=signs',
};

describe.each([
  ['on AWS', {}, 'https://photos.s3.eu-west-1.amazonaws.com'],
  ['at an endpoint', { endpoint: 'http://127.0.0.1:4566' }, 'http://127.0.0.1:4566/photos'],
])('a bucket %s', (_where, place, bucketUrl) => {
  const credentials = () => Promise.resolve(SESSION);
  // The SDK's client looks at checksums of what it reads and sends; a browser would not.
  const checksums = {
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  } as const;
  const client = new S3Client({ region: 'eu-west-1', credentials, ...checksums, ...place });
  const addresses = s3Addresses({
    bucketUrl,
    region: 'eu-west-1',
    credentials,
    clock: { nowMs: () => NOW.getTime() },
  });

  it.each([
    'uploads/acme/plain.jpg',
    "uploads/acme/Käse + 100% & (brackets) * ! 'quotes' ~ ;?#=@:,$.jpg",
    'uploads/acme/猫/カメラ 😀.jpg',
  ])('%s', async (key) => {
    const as = { contentType: 'image/jpeg', disposition: 'inline; filename="a b.jpg"' };
    const shown = await addresses.urlFor(TENANT, key, as, { versionId: 'v/1+', livesSec: 300 });
    const command = new GetObjectCommand({
      Bucket: 'photos',
      Key: key,
      VersionId: 'v/1+',
      ResponseContentType: as.contentType,
      ResponseContentDisposition: as.disposition,
    });
    const expected = await getSignedUrl(client, command, { expiresIn: 300, signingDate: NOW });
    expect(sorted(shown)).toEqual(sorted(expected));
  });
});

function sorted(url: string) {
  const { origin, pathname, search } = new URL(url);
  return { origin, pathname, parameters: search.slice(1).split('&').sort() };
}
