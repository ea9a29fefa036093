import { Hono } from 'hono';
import { GlossError, type ErrorKind } from '../../domain/errors.ts';
import { imageIdOf } from '../../domain/ids.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { OnExisting } from '../../domain/on-existing.ts';
import { uploadKey } from '../../domain/object-key.ts';
import { isPictureType, PICTURE_TYPES } from '../../domain/picture-type.ts';
import { reasonText } from '../../domain/visible-text.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { chooseNames, type ChosenName } from '../../steps/images/choose-names.ts';
import { mendOffered, type MendOfferedDeps } from '../../steps/images/mend-offered.ts';
import type { OccupantDeps } from '../../steps/images/name-occupants.ts';
import { reserveRoom, type InvitedFile, type ReserveDeps } from '../../steps/images/reserve-room.ts';
import type { ApiEnv } from '../env.ts';
import { body } from '../validate.ts';
import { UploadsBody, type Upload, type UploadFile, type UploadsAnswer } from './schema.ts';

export type UploadRouteDeps = ReserveDeps &
  OccupantDeps &
  MendOfferedDeps & {
    readonly objects: ObjectStore;
    readonly settings: { readonly maxBytes: number };
  };

/** Kinds of errors that say something about the one file. */
const REFUSALS: readonly ErrorKind[] = ['invalid', 'too_large', 'unsupported'];

/**
 * POST /v1/uploads: where to post each of up to 100 files. One that cannot be taken does not stop the others. Forms are handed out once
 * the room for what they let in is reserved. What is there unchanged and damaged is described again.
 */
export function uploadRoutes(deps: UploadRouteDeps) {
  return new Hono<ApiEnv>().post('/', body(UploadsBody), async (c) => {
    const { files, onExisting } = c.req.valid('json');
    const account = c.get('account');
    let invitations: readonly Invitation[] = [];
    await reserveRoom(deps, account.id, account.settings.limits, async () => {
      invitations = await invite(deps, account, files, onExisting);
      return invitations.flatMap(({ room }) => room ?? []);
    });
    const uploads = invitations.map(({ upload }) => upload);
    const answer: UploadsAnswer = { uploads: await mended(deps, account, uploads) };
    return c.json(answer);
  });
}

async function mended(deps: UploadRouteDeps, account: Tenant, uploads: readonly Upload[]): Promise<Upload[]> {
  const there = uploads
    .filter(({ status }) => status === 'unchanged')
    .map(({ name }) => ({ name, imageId: imageIdOf(account.id, name) }));
  const states = await mendOffered(deps, account, there);
  return uploads.map((upload) => {
    if (upload.status !== 'unchanged') return upload;
    const describedAgain = states.get(imageIdOf(account.id, upload.name));
    return describedAgain ? { ...upload, describedAgain } : upload;
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
  if (bytes === 0)
    return new GlossError('unsupported', 'empty_file', 'the file is empty', { place: { field: 'bytes' } });
  if (isPictureType(contentType)) return undefined;
  const taken = Object.values(PICTURE_TYPES).join(', ');
  const message = `contentType ${contentType} is not taken; ${taken} are`;
  return new GlossError('unsupported', 'not_a_picture', message, { place: { field: 'contentType' } });
}

async function invite(
  deps: UploadRouteDeps,
  account: Tenant,
  files: readonly UploadFile[],
  onExisting: OnExisting,
): Promise<Invitation[]> {
  const refusals = files.map((file) => refusalOf(deps, file));
  const good = files.filter((_, i) => !refusals[i]);
  const chosen = (await chooseNames(deps, account, good, onExisting)).values();
  return Promise.all(
    files.map(async (file, i) => {
      const choice = refusals[i] ?? chosen.next().value!;
      return choice instanceof GlossError
        ? refused(file.name, choice)
        : invitation(deps, account, file, choice);
    }),
  );
}

async function invitation(
  { objects }: UploadRouteDeps,
  { id: tenant }: Tenant,
  file: UploadFile,
  { what, name, imageId }: ChosenName,
): Promise<Invitation> {
  if (what !== 'send') return { upload: { status: what, name, id: imageId } };
  try {
    const { url, fields, expiresAtMs } = await objects.uploadTarget(tenant, uploadKey(tenant, name), file);
    const expiresAt = new Date(expiresAtMs).toISOString();
    const { bytes, sha256 } = file;
    return {
      upload: { status: 'accepted', name, id: imageId, url, fields, expiresAt },
      room: { imageId, name, bytes, expiresAtMs, ...(sha256 !== undefined && { sha256 }) },
    };
  } catch (error) {
    if (error instanceof GlossError && REFUSALS.includes(error.kind)) return refused(name, error);
    throw error;
  }
}

function refused(name: string, { code, message, place }: GlossError): Invitation {
  const failure = { code, reason: reasonText(message), retryable: false };
  return { upload: { status: 'refused', name, ...(place && { field: place.field }), failure } };
}
