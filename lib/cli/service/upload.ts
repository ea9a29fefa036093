import { openAsBlob } from 'node:fs';
import type { OnExisting } from '../../domain/on-existing.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { StatusAnswer, type Image } from '../../api/images/image.ts';
import { UploadsAnswer, type Upload as Invitation } from '../../api/uploads/schema.ts';
import { send } from './client.ts';
import { CommandError } from '../terminal/command-error.ts';
import type { LocalFile } from './find-files.ts';
import { hashFile, type HashedFile } from './hash-file.ts';
import { PostRefused } from './patience.ts';
import { forEachAtOnce, refusalOf, sendInParts, type Refusal } from './send-in-parts.ts';
import { ask, type ApiSession } from './session.ts';

/** A file that storage has. */
export interface SentFile {
  readonly file: LocalFile;
  readonly ended: 'sent';
  /** The name that it has now, which may be another than the one it was offered with. */
  readonly name: string;
  readonly id: string;
  readonly bytes: number;
  /** The state that the name had before; the one that comes of this upload has another sequencer. */
  readonly sequencerBefore: string | undefined;
}

/** unchanged: its content is there, under this name; skipped: other content is. */
export interface KeptFile {
  readonly file: LocalFile;
  readonly ended: 'unchanged' | 'skipped';
  readonly name: string;
  readonly id: string;
  /** The state that comes, where its record or its words were lost. */
  readonly describedAgain?: string;
  /** How an unchanged one stands; absent where it has no record yet. */
  readonly state?: Image;
}

export interface UnsentFile {
  readonly file: LocalFile;
  readonly ended: 'notSent';
  readonly failure: Refusal;
}

export type UploadedFile = SentFile | KeptFile | UnsentFile;

const BATCH = 100;
const READ_AT_ONCE = 4;
const POSTS_AT_ONCE = 8;

/**
 * Sends files straight to storage, to addresses that the API signs. What is there already is not sent: each file is read for its SHA-256
 * first. A file that cannot be sent does not stop the others. Whoever was ended in the middle begins again from the start, and finds
 * what was sent unchanged.
 * @returns how each ended, in their order, and what kept the rest from being sent, such as a quota
 */
export async function uploadFiles(
  session: ApiSession,
  files: readonly LocalFile[],
  onExisting: OnExisting,
  onDone: () => void,
): Promise<{ readonly uploaded: readonly UploadedFile[]; readonly stopped?: Refusal }> {
  const uploaded: UploadedFile[] = [];
  try {
    for (const batch of partsOf(files, BATCH))
      uploaded.push(...(await uploadBatch({ session, onExisting }, batch, onDone)));
    return { uploaded };
  } catch (error) {
    const stopped = refusalOf(error);
    const rest = files
      .slice(uploaded.length)
      .map((file): UnsentFile => ({ file, ended: 'notSent', failure: stopped }));
    return { uploaded: [...uploaded, ...rest], stopped };
  }
}

interface Sender {
  readonly session: ApiSession;
  readonly onExisting: OnExisting;
}

interface UploadTask extends HashedFile {
  readonly file: LocalFile;
}

async function uploadBatch(
  sender: Sender,
  files: readonly LocalFile[],
  onDone: () => void,
): Promise<UploadedFile[]> {
  const results = new Map<LocalFile, UploadedFile>();
  const finish = (result: UploadedFile) => {
    results.set(result.file, result);
    onDone();
  };
  const tasks = await readAll(files, finish);
  const invitations = await invite(sender, tasks);
  const states = await statesOf(sender.session, invitations);
  await forEachAtOnce([...tasks.entries()], POSTS_AT_ONCE, async ([i, task]) => {
    const { file } = task;
    try {
      const result = await postPatiently(sender, task, invitations[i]!);
      const state = states.get(result.id);
      if (result.ended === 'sent') finish({ ...result, sequencerBefore: state?.sequencer });
      else finish({ ...result, ...(state && { state }) });
    } catch (error) {
      finish({ file, ended: 'notSent', failure: refusalOf(error) });
    }
  });
  return files.map((file) => results.get(file)!);
}

/** Those that can be read, in their order. */
async function readAll(files: readonly LocalFile[], finish: (result: UnsentFile) => void) {
  const tasks = new Map<LocalFile, UploadTask>();
  await forEachAtOnce(files, READ_AT_ONCE, async (file) => {
    try {
      tasks.set(file, { file, ...(await hashFile(file.path)) });
    } catch (error) {
      finish({ file, ended: 'notSent', failure: refusalOf(error) });
    }
  });
  return files.flatMap((file) => tasks.get(file) ?? []);
}

async function invite({ session, onExisting }: Sender, tasks: readonly UploadTask[]): Promise<Invitation[]> {
  if (tasks.length === 0) return [];
  const answers = await sendInParts(tasks, async (part) => {
    const files = part.map(({ file: { name, contentType }, bytes, sha256 }) => ({
      name,
      bytes,
      contentType,
      sha256,
    }));
    return (await ask(session, '/v1/uploads', UploadsAnswer, { files, onExisting })).uploads;
  });
  return answers.map((answer, i): Invitation =>
    'refusal' in answer
      ? { status: 'refused', name: tasks[i]!.file.name, failure: { ...answer.refusal, retryable: false } }
      : answer,
  );
}

/** How those stand that are about to be sent, and those that are there unchanged. */
async function statesOf(
  session: ApiSession,
  invitations: readonly Invitation[],
): Promise<ReadonlyMap<string, Image>> {
  const ids = invitations.flatMap((invitation) =>
    invitation.status === 'accepted' || invitation.status === 'unchanged' ? [invitation.id] : [],
  );
  if (ids.length === 0) return new Map();
  const { images } = await ask(session, '/v1/images/status', StatusAnswer, { ids });
  return new Map(images.flatMap((image) => ('sequencer' in image ? [[image.id, image]] : [])));
}

/**
 * An address may expire, a stack that starts again may have another one, and a file may change on the way: so a new attempt asks for
 * its own, and hears when the one before has arrived after all.
 */
async function postPatiently(
  sender: Sender,
  first: UploadTask,
  firstInvitation: Invitation,
): Promise<SentFile | KeptFile> {
  const { file } = first;
  let ready: Attempt | undefined = { task: first, invitation: firstInvitation };
  let last = first;
  let wasPosted = false;
  const attempt = async (): Promise<SentFile | KeptFile> => {
    const { task, invitation } = ready ?? (await inviteAgain(sender, file));
    ready = undefined;
    last = task;
    // It had arrived, and the answer was lost.
    if (invitation.status === 'unchanged' && wasPosted) return sentAs(task, invitation);
    wasPosted = true;
    return post(task, invitation);
  };
  try {
    return await sender.session.patience.keepTrying(attempt);
  } catch (error) {
    if (!(error instanceof PostRefused) || error.status !== 400) throw error;
    // Other content than was announced is refused.
    const again = await inviteAgain(sender, file);
    if (again.task.sha256 === last.sha256) throw error;
    ready = again;
    return sender.session.patience.keepTrying(attempt);
  }
}

interface Attempt {
  readonly task: UploadTask;
  readonly invitation: Invitation;
}

const sentAs = (
  { file, bytes }: UploadTask,
  { name, id }: { readonly name: string; readonly id: string },
): SentFile => ({ file, ended: 'sent', name, id, bytes, sequencerBefore: undefined });

async function post(task: UploadTask, invitation: Invitation): Promise<SentFile | KeptFile> {
  const { file } = task;
  if (invitation.status === 'refused')
    throw new CommandError(invitation.failure.code, invitation.failure.reason);
  const { status, name, id } = invitation;
  if (status === 'unchanged') {
    const { describedAgain } = invitation;
    return { file, ended: status, name, id, ...(describedAgain !== undefined && { describedAgain }) };
  }
  if (status === 'skipped') return { file, ended: status, name, id };
  const form = new FormData();
  for (const [field, value] of Object.entries(invitation.fields)) form.append(field, value);
  form.append('file', await openAsBlob(file.path)); // S3 reads nothing behind it
  const response = await send(invitation.url, { method: 'POST', body: form });
  await response.body?.cancel();
  if (!response.ok) throw new PostRefused(response.status);
  return sentAs(task, invitation);
}

async function inviteAgain(sender: Sender, file: LocalFile): Promise<Attempt> {
  const task = { file, ...(await hashFile(file.path)) };
  const [invitation] = await invite(sender, [task]);
  return { task, invitation: invitation! };
}
