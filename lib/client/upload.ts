import { PICTURE_TYPES } from '../domain/picture-type.ts';
import { formatOf, HEAD_BYTES } from '../vision/picture-format.ts';
import type { components } from './api-types.ts';
import type { Call } from './call.ts';
import type { Image } from './pages.ts';
import { pause } from './pause.ts';
import { postForm } from './post-form.ts';
import { GlossProblem } from './problem.ts';
import { stateOf, waitUntilSearchable } from './wait.ts';

type Invitation = components['schemas']['Upload'];
type Accepted = Extract<Invitation, { status: 'accepted' }>;

/** How far an upload is. */
export interface UploadProgress {
  readonly phase: 'sending' | 'describing';
  readonly sentBytes: number;
  readonly totalBytes: number;
  /** Of the image, once the service has heard of it. */
  readonly status?: Image['status'];
}

export interface UploadOptions {
  /** What the picture is called, such as `holiday/beach.jpg`; a `File` brings its own. */
  readonly name?: string;
  /** Read from the first bytes where it is not given. */
  readonly contentType?: string;
  /** What becomes of a file whose name is taken by other content; `keep-both` unless given. */
  readonly onExisting?: 'keep-both' | 'replace' | 'skip';
  /** Whether to wait until it is searchable; true unless given. */
  readonly wait?: boolean;
  readonly onProgress?: (progress: UploadProgress) => void;
  readonly signal?: AbortSignal;
}

/** How an upload ended. `unchanged`: this content was there, under this name; `skipped`: other content has the name. */
export interface Uploaded {
  readonly status: 'searchable' | 'sent' | 'unchanged' | 'skipped';
  readonly id: string;
  readonly name: string;
  /** Where it was waited for. */
  readonly image?: Image;
}

const POSTS = 4;
const FIRST_PAUSE_MS = 1_000;

/**
 * Sends a picture and waits until it is searchable. It is read once for its SHA-256, by which the service knows what is there already, and
 * sent straight to the store.
 * @throws GlossProblem with the code of the refusal or of the failure, and its reason as the message; `isRetryable` says whether
 * the same file may succeed later
 */
export async function upload(
  { call, fetch: send }: { readonly call: Call; readonly fetch: typeof fetch },
  file: Blob,
  options: UploadOptions = {},
): Promise<Uploaded> {
  const { onProgress, wait = true, signal } = options;
  const offered = await offerOf(file, options);
  const invite = async () => invitationTo(call, offered, options);
  const first = await invite();
  if (first.status !== 'accepted') return endOf(first);
  const before = await stateOf(call, first.id, signal);
  const ended = await postPatiently(
    first,
    invite,
    (invitation) =>
      postForm(send, invitation, file, {
        onSent:
          onProgress && ((sentBytes) => onProgress({ phase: 'sending', sentBytes, totalBytes: file.size })),
        signal,
      }),
    signal,
  );
  const { id, name } = ended;
  if (!wait) return { status: 'sent', id, name };
  const image = await waitUntilSearchable(call, id, {
    after: 'sequencer' in before ? before.sequencer : undefined,
    onStatus:
      onProgress &&
      ((status) => onProgress({ phase: 'describing', sentBytes: file.size, totalBytes: file.size, status })),
    signal,
  });
  return { status: 'searchable', id, name, image };
}

/** A form is taken once for certain: when its answer is lost, a new invitation tells whether the file arrived. */
async function postPatiently(
  first: Accepted,
  invite: () => Promise<Invitation>,
  post: (invitation: Accepted) => Promise<number>,
  signal: AbortSignal | undefined,
): Promise<{ readonly id: string; readonly name: string }> {
  let invitation: Invitation = first;
  for (let left = POSTS - 1, pauseMs = FIRST_PAUSE_MS; ; left -= 1, pauseMs *= 2) {
    // Not accepted any more: it had arrived, and the answer was lost.
    if (invitation.status !== 'accepted') return endOf(invitation);
    const problem = await post(invitation).then(refusalOf, (error: unknown) => error);
    if (problem === undefined) return invitation;
    if (left === 0 || !(problem instanceof GlossProblem) || !problem.isRetryable) throw problem as Error;
    await pause(pauseMs, signal);
    invitation = await invite();
  }
}

const refusalOf = (status: number): GlossProblem | undefined =>
  status < 300
    ? undefined
    : new GlossProblem(`the store refused the file with ${status}`, {
        code: 'store_refused_file',
        status,
        isRetryable: status >= 500,
      });

async function offerOf(file: Blob, { name, contentType }: UploadOptions) {
  const called = name ?? (file instanceof File ? file.name : '');
  const sha256 = await digestOf(file);
  return {
    name: called,
    bytes: file.size,
    contentType: contentType ?? (await typeOf(file)),
    ...(sha256 !== undefined && { sha256 }),
  };
}

async function invitationTo(
  call: Call,
  offered: Awaited<ReturnType<typeof offerOf>>,
  { onExisting = 'keep-both', signal }: UploadOptions,
): Promise<Invitation> {
  const { uploads } = await call('createUploads', { body: { files: [offered], onExisting }, signal });
  return uploads[0]!;
}

function endOf(invitation: Invitation): Uploaded {
  if (invitation.status === 'refused') {
    const { failure, field } = invitation;
    throw new GlossProblem(failure.reason, { code: failure.code, field, isRetryable: failure.retryable });
  }
  const { id, name, status } = invitation;
  return { status: status === 'accepted' ? 'sent' : status, id, name };
}

/** By its content: names have no ending or a wrong one, and a blob that Node.js opened has no type. */
async function typeOf(file: Blob): Promise<string> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return PICTURE_TYPES[formatOf(head) ?? ''] ?? (file.type || 'application/octet-stream');
}

/** Undefined where a browser counts none: on pages that did not come safely. */
async function digestOf(file: Blob): Promise<string | undefined> {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  if (!subtle) return undefined;
  const digest = new Uint8Array(await subtle.digest('SHA-256', await file.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
