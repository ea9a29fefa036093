import type { Image } from '../../api/images/image.ts';
import type { LocalFile } from './find-files.ts';
import { refusalOf, type Refusal } from './send-in-parts.ts';
import type { ApiSession } from './session.ts';
import { uploadFiles, type SentFile, type UploadedFile } from './upload.ts';
import { waitUntilSearchable } from './wait-until-searchable.ts';

/** How one file ended; `pending` is sent and not known to be searchable yet. */
interface AddedImage {
  readonly name: string;
  readonly id?: string;
  readonly status: 'searchable' | 'failed' | 'pending' | 'notSent';
  readonly bytes?: number;
  readonly widthPx?: number | undefined;
  readonly heightPx?: number | undefined;
  readonly views?: number | undefined;
  readonly decodeMs?: number | undefined;
  readonly modelMs?: number | undefined;
  readonly failure?: Refusal | undefined;
}

export interface AddReport {
  readonly images: readonly AddedImage[];
  /** Why the command ended before all was done; what it did stays. */
  readonly stopped?: Refusal;
  readonly totals: {
    readonly files: number;
    readonly searchable: number;
    readonly failed: number;
    readonly notSent: number;
    readonly pending: number;
    readonly seconds: number;
    readonly views: number;
    readonly decodeMs: { readonly median: number | null };
    readonly modelMs: { readonly median: number | null };
  };
}

/** Sends files and, if wanted, waits until each is searchable or failed. Whatever ends it, what was done is told. */
export async function addFiles(
  session: ApiSession,
  files: readonly LocalFile[],
  wait: boolean,
): Promise<AddReport> {
  const startMs = performance.now();
  const { progress } = session;
  let done = 0;
  progress.phase('sent', files.length);
  const { uploaded, ...ended } = await uploadFiles(session, files, () => progress.update(++done));
  let { stopped } = ended;
  let states: ReadonlyMap<string, Image> = new Map();
  if (wait) {
    const sent = uploaded.filter((file): file is SentFile => 'id' in file);
    progress.phase('searchable', sent.length);
    try {
      states = await waitUntilSearchable(session, sent, (count) => progress.update(count));
    } catch (error) {
      stopped ??= refusalOf(error);
    }
  }
  progress.stop();
  const report = summarize(uploaded, states, (performance.now() - startMs) / 1000);
  return stopped ? { ...report, stopped } : report;
}

function summarize(
  uploaded: readonly UploadedFile[],
  states: ReadonlyMap<string, Image>,
  seconds: number,
): AddReport {
  const images = uploaded.map((file) => ('id' in file ? withState(file, states.get(file.id)) : unsent(file)));
  const count = (status: AddedImage['status']) => images.filter((image) => image.status === status).length;
  const known = (of: (image: AddedImage) => number | undefined) =>
    images.map(of).filter((value) => value !== undefined);
  return {
    images,
    totals: {
      files: images.length,
      searchable: count('searchable'),
      failed: count('failed'),
      notSent: count('notSent'),
      pending: count('pending'),
      seconds: Number(seconds.toFixed(3)),
      views: known(({ views }) => views).reduce((sum, views) => sum + views, 0),
      decodeMs: { median: medianOf(known(({ decodeMs }) => decodeMs)) },
      modelMs: { median: medianOf(known(({ modelMs }) => modelMs)) },
    },
  };
}

const unsent = ({ name, failure }: { name: string; failure: Refusal }): AddedImage => ({
  name,
  status: 'notSent',
  failure,
});

function withState({ name, id, bytes }: SentFile, state: Image | undefined): AddedImage {
  if (state?.status !== 'searchable' && state?.status !== 'failed')
    return { name, id, status: 'pending', bytes };
  const { status, widthPx, heightPx, figures, failure } = state;
  return { name, id, status, bytes, widthPx, heightPx, ...figures, failure };
}

/** The middle value, or the mean of the middle two; null of nothing. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
