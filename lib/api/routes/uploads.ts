import { Hono } from 'hono';
import { GlossError, type ErrorKind } from '../../domain/errors.ts';
import { imageIdOf, type TenantId } from '../../domain/ids.ts';
import { uploadKey } from '../../domain/object-key.ts';
import { mayBePicture } from '../../domain/picture-type.ts';
import { checkQuota } from '../../steps/images/check-quota.ts';
import type { ApiDeps } from '../app.ts';
import { allow, type ApiEnv } from '../authenticate.ts';
import { UploadsBody } from '../schemas.ts';
import { body } from '../validate.ts';

/** Kinds of errors that say something about the one file. */
const REFUSALS: readonly ErrorKind[] = ['invalid', 'too_large', 'unsupported'];

interface UploadFile {
  readonly name: string;
  readonly bytes: number;
  readonly contentType: string;
}

/** POST /v1/uploads: where to post each of up to 100 files. One that cannot be taken does not stop the others. */
export function uploadRoutes(deps: ApiDeps) {
  return new Hono<ApiEnv>().post('/', allow('upload'), body(UploadsBody), async (c) => {
    const { files } = c.req.valid('json');
    const { limits } = c.get('account').settings;
    const more = { images: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
    await checkQuota(deps.records, c.get('tenant'), limits, more);
    return c.json({ uploads: await Promise.all(files.map((file) => invite(deps, c.get('tenant'), file))) });
  });
}

async function invite({ objects, settings }: ApiDeps, tenant: TenantId, file: UploadFile) {
  try {
    if (file.bytes > settings.maxBytes) {
      throw new GlossError(
        'too_large',
        'too_many_bytes',
        `the file has ${file.bytes} bytes; at most ${settings.maxBytes} are taken`,
      );
    }
    if (!mayBePicture(file.contentType)) {
      throw new GlossError('unsupported', 'not_a_picture', `${file.contentType} is the type of no picture`);
    }
    const key = uploadKey(tenant, file.name);
    const { url, fields, expiresAtMs } = await objects.uploadTarget(tenant, key, file);
    const expiresAt = new Date(expiresAtMs).toISOString();
    return { name: file.name, id: imageIdOf(tenant, file.name), url, fields, expiresAt };
  } catch (error) {
    if (!(error instanceof GlossError) || !REFUSALS.includes(error.kind)) throw error;
    return { name: file.name, failure: { code: error.code, reason: error.message, retryable: false } };
  }
}
