import type { OnExisting } from '../../domain/on-existing.ts';
import type { Image } from '../../api/images/image.ts';
import type { FoundFiles, PassedOver } from './find-files.ts';
import { refusalOf, type Refusal } from './send-in-parts.ts';
import type { ApiSession } from './session.ts';
import { uploadFiles, type KeptFile, type SentFile, type UploadedFile } from './upload.ts';
import { isSettled, waitUntilSearchable } from './wait-until-searchable.ts';

/** How one file ended. */
interface AddedImage {
  readonly path: string;
  /** The name that it has, which may be another than the one it was offered with. */
  readonly name: string;
  readonly id?: string;
  /** waiting: it is described later by itself; pending: sent or there, and not known to be searchable yet; skipped: its name is taken by other content, unless `why` says more. */
  readonly status: 'searchable' | 'failed' | 'waiting' | 'pending' | 'skipped' | 'notSent';
  /** Whether it was there already and was not sent. */
  readonly unchanged?: true;
  /** Its record or its words were lost. */
  readonly describedAgain?: true;
  /** The name that it was offered with and that other content had. */
  readonly offeredAs?: string;
  /** That it was skipped as a link to another of the files. */
  readonly why?: string;
  readonly bytes?: number;
  readonly widthPx?: number | undefined;
  readonly heightPx?: number | undefined;
  readonly views?: number | undefined;
  readonly decodeMs?: number | undefined;
  readonly modelMs?: number | undefined;
  /** What of the picture was not read. */
  readonly notes?: Image['notes'];
  readonly failure?: Refusal | undefined;
  readonly waiting?: Image['waiting'];
}

export interface AddReport {
  readonly images: readonly AddedImage[];
  /** What nobody meant to be sent: hidden files, folders of devices, what is no picture. */
  readonly passedOver: readonly PassedOver[];
  /** Why the command ended before all was done; what it did stays. */
  readonly stopped?: Refusal;
  readonly totals: {
    /** sent + unchanged + skipped + notSent */
    readonly files: number;
    readonly sent: number;
    readonly unchanged: number;
    /** Of those that were unchanged. */
    readonly describedAgain: number;
    readonly skipped: number;
    readonly notSent: number;
    readonly passedOver: number;
    /** Of those that were sent or unchanged. */
    readonly searchable: number;
    readonly failed: number;
    readonly waiting: number;
    readonly pending: number;
    readonly seconds: number;
    readonly views: number;
    readonly decodeMs: { readonly median: number | null };
    readonly modelMs: { readonly median: number | null };
  };
}

export interface AddWish {
  readonly onExisting: OnExisting;
  readonly wait: boolean;
}

/** Sends files and, if wanted, waits until each is searchable or failed. Whatever ends it, what was done is told. */
export async function addFiles(
  session: ApiSession,
  { files, passedOver }: FoundFiles,
  { onExisting, wait }: AddWish,
): Promise<AddReport> {
  const startMs = performance.now();
  const { progress } = session;
  let done = 0;
  progress.phase('files', files.length);
  const { uploaded, ...ended } = await uploadFiles(session, files, onExisting, () => progress.update(++done));
  let { stopped } = ended;
  let states = settledOf(uploaded);
  const awaited = uploaded.filter(isThere).filter(({ id }) => !states.has(id));
  if (wait && awaited.length > 0) {
    progress.phase('searchable or failed', awaited.length);
    try {
      const settled = await waitUntilSearchable(session, awaited, (count) => progress.update(count));
      states = new Map([...states, ...settled]);
    } catch (error) {
      stopped ??= refusalOf(error);
    }
  }
  progress.stop();
  const images = [
    ...uploaded.map((file) => imageOf(file, states)),
    ...passedOver.filter(isLinkToSent).map(skippedLink),
    ...passedOver.filter(({ wasMeant }) => wasMeant).map(notSendable),
  ];
  const others = passedOver.filter((one) => !one.wasMeant && !isLinkToSent(one));
  const report = { images, passedOver: others, totals: totalsOf(images, others, startMs) };
  return stopped ? { ...report, stopped } : report;
}

const isThere = (file: UploadedFile): file is SentFile | KeptFile =>
  file.ended === 'sent' || file.ended === 'unchanged';

/** Of what is there unchanged, and is not sent again as another of the files, what is searchable or failed already. */
function settledOf(uploaded: readonly UploadedFile[]): ReadonlyMap<string, Image> {
  const sent = new Set(uploaded.flatMap((file) => (file.ended === 'sent' ? [file.id] : [])));
  return new Map(
    uploaded.flatMap((file) => {
      if (file.ended !== 'unchanged' || !file.state || sent.has(file.id)) return [];
      return isSettled(file.state, file) ? [[file.id, file.state]] : [];
    }),
  );
}

function totalsOf(
  images: readonly AddedImage[],
  passedOver: readonly PassedOver[],
  startMs: number,
): AddReport['totals'] {
  const count = (is: (image: AddedImage) => boolean) => images.filter(is).length;
  const countOf = (status: AddedImage['status']) => count((image) => image.status === status);
  const known = (of: (image: AddedImage) => number | undefined) =>
    images.map(of).filter((value) => value !== undefined);
  const unchanged = count((image) => image.unchanged === true);
  return {
    files: images.length,
    sent: images.length - unchanged - countOf('skipped') - countOf('notSent'),
    unchanged,
    describedAgain: count((image) => image.describedAgain === true),
    skipped: countOf('skipped'),
    notSent: countOf('notSent'),
    passedOver: passedOver.length,
    searchable: countOf('searchable'),
    failed: countOf('failed'),
    waiting: countOf('waiting'),
    pending: countOf('pending'),
    seconds: Number(((performance.now() - startMs) / 1000).toFixed(3)),
    views: known(({ views }) => views).reduce((sum, views) => sum + views, 0),
    decodeMs: { median: medianOf(known(({ decodeMs }) => decodeMs)) },
    modelMs: { median: medianOf(known(({ modelMs }) => modelMs)) },
  };
}

function imageOf(uploaded: UploadedFile, states: ReadonlyMap<string, Image>): AddedImage {
  const { path, name: offered } = uploaded.file;
  if (uploaded.ended === 'notSent')
    return { path, name: offered, status: 'notSent', failure: uploaded.failure };
  const { name, id, ended } = uploaded;
  if (ended === 'skipped') return { path, name, id, status: 'skipped' };
  const image = {
    path,
    name,
    id,
    ...(ended === 'unchanged' && { unchanged: true as const }),
    ...(ended === 'unchanged' && uploaded.describedAgain !== undefined && { describedAgain: true as const }),
    ...(ended === 'sent' && name !== offered && { offeredAs: offered }),
    ...(ended === 'sent' && { bytes: uploaded.bytes }),
  };
  const state = states.get(id);
  if (state?.waiting) return { ...image, status: 'waiting', waiting: state.waiting };
  if (state?.status !== 'searchable' && state?.status !== 'failed') return { ...image, status: 'pending' };
  const { status, widthPx, heightPx, figures, notes, failure } = state;
  return { ...image, status, widthPx, heightPx, ...figures, ...(notes && { notes }), failure };
}

const isLinkToSent = ({ code }: PassedOver): boolean => code === 'link_to_sent';

const skippedLink = ({ path, name = path, why }: PassedOver): AddedImage => ({
  path,
  name,
  status: 'skipped',
  why,
});

/** What was meant to be sent and cannot be. */
const notSendable = ({ path, name = path, code, why }: PassedOver): AddedImage => ({
  path,
  name,
  status: 'notSent',
  failure: { code, reason: why },
});

/** The middle value, or the mean of the middle two; null of nothing. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
