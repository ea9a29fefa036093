import { Hono } from 'hono';
import { GlossError, type ErrorKind } from '../../domain/errors.ts';
import { imageIdOf, type TenantId } from '../../domain/ids.ts';
import { uploadKey } from '../../domain/object-key.ts';
import { isPictureType, PICTURE_TYPES } from '../../domain/picture-type.ts';
import { reasonText } from '../../domain/visible-text.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { reserveRoom, type InvitedFile, type ReserveDeps } from '../../steps/images/reserve-room.ts';
import type { ApiEnv } from '../env.ts';
import { body } from '../validate.ts';
import { UploadsBody, type Upload, type UploadFile, type UploadsAnswer } from './schema.ts';

export interface UploadRouteDeps extends ReserveDeps {
  readonly objects: ObjectStore;
  readonly settings: { readonly maxBytes: number };
}

/** Kinds of errors that say something about the one file. */
const REFUSALS: readonly ErrorKind[] = ['invalid', 'too_large', 'unsupported'];

/**
 * POST /v1/uploads: where to post each of up to 100 files. One that cannot be taken does not stop the others. Forms are handed out once
 * the room for what they let in is reserved.
 */
export function uploadRoutes(deps: UploadRouteDeps) {
  return new Hono<ApiEnv>().post('/', body(UploadsBody), async (c) => {
    const { files } = c.req.valid('json');
    const invitations = await Promise.all(files.map((file) => invite(deps, c.get('tenant'), file)));
    const invited = invitations.map(({ room }) => room).filter((room) => room !== undefined);
    await reserveRoom(deps, c.get('tenant'), c.get('account').settings.limits, invited);
    const answer: UploadsAnswer = { uploads: invitations.map(({ upload }) => upload) };
    return c.json(answer);
  });
}

interface Invitation {
  readonly upload: Upload;
  /** Of a file that is taken. */
  readonly room?: InvitedFile;
}

/** Why a file is not taken, whatever the tenant has. */
function refusalOf({ settings }: Pick<UploadRouteDeps, 'settings'>, { bytes, contentType }: UploadFile) {
  if (bytes > settings.maxBytes)
    return new GlossError(
      'too_large',
      'too_many_bytes',
      `the file has ${bytes} bytes; at most ${settings.maxBytes} are taken`,
      { place: { field: 'bytes' } },
    );
  if (isPictureType(contentType)) return undefined;
  const taken = Object.values(PICTURE_TYPES).join(', ');
  const remedy = /^image\/hei[cf]/.test(contentType) ? ': convert it to JPEG first' : '';
  const message = `contentType ${contentType} is not taken; ${taken} are${remedy}`;
  return new GlossError('unsupported', 'not_a_picture', message, { place: { field: 'contentType' } });
}

async function invite(deps: UploadRouteDeps, tenant: TenantId, file: UploadFile): Promise<Invitation> {
  const { name } = file;
  try {
    const refusal = refusalOf(deps, file);
    if (refusal) throw refusal;
    const key = uploadKey(tenant, name);
    const { url, fields, expiresAtMs } = await deps.objects.uploadTarget(tenant, key, file);
    const expiresAt = new Date(expiresAtMs).toISOString();
    const imageId = imageIdOf(tenant, name);
    return {
      upload: { status: 'accepted', name, id: imageId, url, fields, expiresAt },
      room: { imageId, name, bytes: file.bytes, expiresAtMs },
    };
  } catch (error) {
    if (!(error instanceof GlossError) || !REFUSALS.includes(error.kind)) throw error;
    const { code, message, place } = error;
    const reason = reasonText(message);
    const field = place && { field: place.field };
    return { upload: { status: 'refused', name, ...field, failure: { code, reason, retryable: false } } };
  }
}
