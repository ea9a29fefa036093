import { GlossError } from './errors.ts';
import { imageIdOf, parseTenantId, type ImageId, type TenantId } from './ids.ts';

const UPLOADS = 'uploads/';
const MAX_KEY_BYTES = 1024;

/** Where an original lies in the bucket. @throws GlossError `invalid` for names that S3 cannot hold as a key. */
export function uploadKey(tenant: TenantId, name: string): string {
  const key = `${UPLOADS}${tenant}/${name}`;
  if (name === '' || name.endsWith('/')) throw invalidName('a name must not be empty or end with "/"');
  if (name.split('/').some((part) => part === '.' || part === '..'))
    throw invalidName('a name must not hold "." or ".." as a part');
  if (/[\u0000-\u001f\u007f]/.test(name) || !name.isWellFormed())
    throw invalidName('a name must not hold control characters or half characters');
  if (Buffer.byteLength(key) > MAX_KEY_BYTES)
    throw invalidName('a name must fit into 1024 bytes of S3 key together with its prefix');
  return key;
}

/** Where a thumbnail lies in the bucket. */
export const thumbnailKey = (tenant: TenantId, imageId: ImageId): string =>
  `thumbnails/${tenant}/${imageId}.jpg`;

/** Whose upload a key is; undefined for keys that are no pictures, such as folder markers, which no step touches. */
export function parseUploadKey(
  key: string,
): { tenant: TenantId; name: string; imageId: ImageId } | undefined {
  const match = /^uploads\/([^/]+)\/(.+)$/s.exec(key);
  if (!match || key.endsWith('/')) return undefined;
  const tenant = parseTenantId(match[1]!);
  const name = match[2]!;
  return { tenant, name, imageId: imageIdOf(tenant, name) };
}

function invalidName(message: string): GlossError {
  return new GlossError('invalid', 'image_name', message, { place: { field: 'name' } });
}
