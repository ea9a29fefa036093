import { noAnswer, sent } from './call.ts';

/** Hears how many bytes of a file have been handed over. */
export type OnSent = (sentBytes: number) => void;

/** A file that tells how much of it was read: what Node.js sends, it reads so. */
class CountedFile extends File {
  readonly #onSent: OnSent;

  constructor(file: Blob, name: string, onSent: OnSent) {
    super([file], name, { type: file.type });
    this.#onSent = onSent;
  }

  override stream(): ReturnType<File['stream']> {
    let bytes = 0;
    const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (chunk, controller) => {
        controller.enqueue(chunk);
        bytes += chunk.byteLength;
        this.#onSent(bytes);
      },
    });
    return super.stream().pipeThrough(counting);
  }
}

interface Form {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Posts a file by the form that it was asked for with.
 * @returns the status of the store's answer
 * @throws GlossProblem `no_answer`
 */
export async function postForm(
  send: typeof fetch,
  { url, fields }: Form,
  file: Blob,
  { onSent, signal }: { readonly onSent?: OnSent | undefined; readonly signal?: AbortSignal | undefined },
): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // The store reads nothing behind the file.
  if (onSent && typeof XMLHttpRequest === 'function') {
    form.append('file', file);
    return postByBrowser(url, form, file.size, onSent, signal);
  }
  form.append('file', onSent ? new CountedFile(file, 'file', onSent) : file);
  const response = await sent(send, url, { method: 'POST', body: form, ...(signal && { signal }) });
  await response.body?.cancel();
  return response.status;
}

/** fetch of browsers does not tell how much was sent. */
function postByBrowser(
  url: string,
  form: FormData,
  fileBytes: number,
  onSent: OnSent,
  signal?: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open('POST', url);
    // What the form has beside the file is told with it.
    request.upload.onprogress = ({ loaded }) => onSent(Math.min(loaded, fileBytes));
    request.onload = () => resolve(request.status);
    request.onerror = () => reject(noAnswer(url));
    request.onabort = () => reject(signal?.reason as Error);
    request.onloadend = () => signal?.removeEventListener('abort', stop);
    signal?.addEventListener('abort', stop, { once: true });
    request.send(form);
    if (signal?.aborted) stop();
  });
}
