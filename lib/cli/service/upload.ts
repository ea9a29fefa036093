import { constants, openAsBlob } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { StatusAnswer } from '../../api/images/image.ts';
import { UploadsAnswer, type Upload as Invitation } from '../../api/uploads/schema.ts';
import { send } from './client.ts';
import { CommandError } from '../terminal/command-error.ts';
import type { LocalFile } from './find-files.ts';
import { PostRefused } from './patience.ts';
import { forEachAtOnce, partsOf, refusalOf, sendInParts, type Refusal } from './send-in-parts.ts';
import { ask, type ApiSession } from './session.ts';

/** A file that storage has. */
export interface SentFile {
  readonly name: string;
  readonly id: string;
  readonly bytes: number;
  /** The state that the name had before; the one that comes of this upload has another sequencer. */
  readonly sequencerBefore: string | undefined;
}

interface UnsentFile {
  readonly name: string;
  readonly failure: Refusal;
}

export type UploadedFile = SentFile | UnsentFile;

const BATCH = 100;
const POSTS_AT_ONCE = 8;

/**
 * Sends files straight to storage, to addresses that the API signs. A file that cannot be sent does not stop the
 * others. Sending one twice is harmless: the name is the image.
 * @returns how each ended, in their order, and what kept the rest from being sent, such as a quota
 */
export async function uploadFiles(
  session: ApiSession,
  files: readonly LocalFile[],
  onDone: () => void,
): Promise<{ readonly uploaded: readonly UploadedFile[]; readonly stopped?: Refusal }> {
  const uploaded: UploadedFile[] = [];
  try {
    for (const batch of partsOf(files, BATCH)) uploaded.push(...(await uploadBatch(session, batch, onDone)));
    return { uploaded };
  } catch (error) {
    const stopped = refusalOf(error);
    const rest = files.slice(uploaded.length).map(({ name }) => ({ name, failure: stopped }));
    return { uploaded: [...uploaded, ...rest], stopped };
  }
}

interface UploadTask {
  readonly file: LocalFile;
  readonly bytes: number;
}

async function uploadBatch(
  session: ApiSession,
  files: readonly LocalFile[],
  onDone: () => void,
): Promise<UploadedFile[]> {
  const results = new Map<LocalFile, UploadedFile>();
  const finish = (file: LocalFile, result: Omit<SentFile, 'name'> | { readonly failure: Refusal }) => {
    results.set(file, { name: file.name, ...result });
    onDone();
  };

  const uploads: UploadTask[] = [];
  for (const file of files) {
    try {
      uploads.push(await measure(file));
    } catch (error) {
      finish(file, { failure: refusalOf(error) });
    }
  }
  const invitations = await invite(session, uploads);
  const before = await sequencersOf(session, invitations);
  await forEachAtOnce([...uploads.entries()], POSTS_AT_ONCE, async ([i, upload]) => {
    try {
      const { id, bytes } = await postPatiently(session, upload, invitations[i]!);
      finish(upload.file, { id, bytes, sequencerBefore: before.get(id) });
    } catch (error) {
      finish(upload.file, { failure: refusalOf(error) });
    }
  });
  return files.map((file) => results.get(file)!);
}

async function measure(file: LocalFile): Promise<UploadTask> {
  try {
    await access(file.path, constants.R_OK);
    return { file, bytes: (await stat(file.path)).size };
  } catch (cause) {
    throw new CommandError('unreadable', `${file.path} cannot be read`, { cause });
  }
}

async function invite(session: ApiSession, uploads: readonly UploadTask[]): Promise<Invitation[]> {
  if (uploads.length === 0) return [];
  const answers = await sendInParts(uploads, async (part) => {
    const files = part.map(({ file: { name, contentType }, bytes }) => ({ name, bytes, contentType }));
    return (await ask(session, '/v1/uploads', UploadsAnswer, { files })).uploads;
  });
  return answers.map((answer, i): Invitation =>
    'refusal' in answer
      ? {
          status: 'refused',
          name: uploads[i]!.file.name,
          failure: { ...answer.refusal, retryable: false },
        }
      : answer,
  );
}

async function sequencersOf(
  session: ApiSession,
  invitations: readonly Invitation[],
): Promise<ReadonlyMap<string, string>> {
  const ids = invitations.flatMap((invitation) => (invitation.status === 'accepted' ? [invitation.id] : []));
  if (ids.length === 0) return new Map();
  const { images } = await ask(session, '/v1/images/status', StatusAnswer, { ids });
  return new Map(images.flatMap((image) => ('sequencer' in image ? [[image.id, image.sequencer]] : [])));
}

/** An address may expire and a stack that starts again may have another one, so a new attempt asks for its own. */
async function postPatiently(
  session: ApiSession,
  first: UploadTask,
  firstInvitation: Invitation,
): Promise<{ id: string; bytes: number }> {
  let ready: { upload: UploadTask; invitation: Invitation } | undefined = {
    upload: first,
    invitation: firstInvitation,
  };
  return session.patience.keepTrying(async () => {
    const { upload, invitation } = ready ?? (await inviteAgain(session, first.file));
    ready = undefined;
    if (invitation.status === 'refused')
      throw new CommandError(invitation.failure.code, invitation.failure.reason);
    const { url, fields, id } = invitation;
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', await openAsBlob(upload.file.path)); // S3 reads nothing behind it
    const response = await send(url, { method: 'POST', body: form });
    await response.body?.cancel();
    if (!response.ok) throw new PostRefused(response.status);
    return { id, bytes: upload.bytes };
  });
}

async function inviteAgain(session: ApiSession, file: LocalFile) {
  const upload = await measure(file);
  const [invitation] = await invite(session, [upload]);
  return { upload, invitation: invitation! };
}
