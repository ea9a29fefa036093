import { GlossError } from './errors.ts';
import { imageIdOf, isTenantId, type ImageId, type Sequencer, type TenantId } from './ids.ts';

/** The folder of all originals. */
export const UPLOADS = 'uploads/';
const MAX_KEY_BYTES = 1024;

/**
 * Where an original lies in the bucket.
 * @param field where the request has the name, for the error
 * @throws GlossError `invalid` for names that are no good as a key.
 */
export function uploadKey(tenant: TenantId, name: string, field = 'name'): string {
  const key = `${UPLOADS}${tenant}/${name}`;
  const problem = problemOf(key, name);
  if (problem) throw new GlossError('invalid', 'image_name', problem, { place: { field } });
  return key;
}

/** Before the keys of all thumbnails of an image, whatever its states. */
export const thumbnailPrefix = (tenant: TenantId, imageId: ImageId): string =>
  `${thumbnailFolder(tenant)}${imageId}`;

/**
 * Where the thumbnail of a view lies in the bucket; the first view is the whole picture.
 * @param state the sequencer of the state that the view is of; undefined where it was stored before keys named it
 */
export const thumbnailKey = (
  tenant: TenantId,
  imageId: ImageId,
  state: Sequencer | undefined,
  viewIndex = 0,
): string => {
  const prefix = thumbnailPrefix(tenant, imageId);
  if (state !== undefined) return `${prefix}/${state}/${viewIndex}.jpg`;
  return `${prefix}${viewIndex === 0 ? '' : `/${viewIndex}`}.jpg`;
};

/** The state in the key of a thumbnail; undefined where it was stored before keys named it. */
export function stateOfThumbnail(key: string): Sequencer | undefined {
  const [_thumbnails, _tenant, _image, state, view] = key.split('/');
  return view === undefined ? undefined : (state as Sequencer);
}

/** Whose thumbnail a key is. */
export const imageOfThumbnail = (key: string): ImageId => key.split('/')[2]!.replace(/\.jpg$/, '') as ImageId;

export const uploadFolder = (tenant: TenantId): string => `${UPLOADS}${tenant}/`;
export const thumbnailFolder = (tenant: TenantId): string => `thumbnails/${tenant}/`;

/** The folders of the bucket that hold what a tenant has. */
export const foldersOf = (tenant: TenantId): readonly string[] => [
  uploadFolder(tenant),
  thumbnailFolder(tenant),
];

/**
 * Whose upload a key is: the inverse of uploadKey. Undefined for keys that it never makes, such as folder markers,
 * and folders of no tenant, which no step touches.
 */
export function parseUploadKey(
  key: string,
): { tenant: TenantId; name: string; imageId: ImageId } | undefined {
  const match = /^uploads\/([^/]+)\/(.+)$/s.exec(key);
  if (!match) return undefined;
  const tenant = match[1]!;
  const name = match[2]!;
  if (!isTenantId(tenant)) return undefined;
  return problemOf(key, name) === undefined ? { tenant, name, imageId: imageIdOf(tenant, name) } : undefined;
}

/** Browsers and proxies fold "." and ".." away, and XML cannot carry control characters: neither comes back. */
function problemOf(key: string, name: string): string | undefined {
  if (name === '' || name.endsWith('/')) return 'a name must not be empty or end with "/"';
  if (name.split('/').some((part) => part === '.' || part === '..')) {
    return 'a name must not hold "." or ".." as a part';
  }
  if (/\p{Cc}/u.test(name) || !name.isWellFormed()) {
    return 'a name must not hold control characters or half characters';
  }
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
    return 'a name must fit into 1024 bytes of S3 key together with its prefix';
  }
  return undefined;
}
