import * as z from 'zod';
import { GlossError } from '../../domain/errors.ts';
import type { ImageId, SegmentId } from '../../domain/ids.ts';
import { MAX_DOC_LEN, MAX_DOCS } from '../bytes/limits.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { Analysis } from '../../text/analysis.ts';

/** A live segment, as the manifest lists it. */
export interface SegmentEntry {
  readonly id: SegmentId;
  /** Format version of its items. */
  readonly format: number;
  readonly docs: number;
  /** Sum of the lengths of all its documents, deleted ones too. */
  readonly totalLen: number;
  readonly bytes: number;
  /** Whether it is a single-item segment. */
  readonly isSingleItem: boolean;
  readonly deleted: number;
  /** Name of the item that holds the deletions; empty if nothing is deleted. */
  readonly deletions: string;
}

/** The claim of a merge in progress: no other merge rewrites its sources. */
export interface MergeClaim {
  /** The segment that is being written. */
  readonly result: SegmentId;
  /** Consecutive live segments. */
  readonly sources: readonly SegmentId[];
  /**
   * For each source the name of its deletions when the merge began. The merge leaves out these documents and no
   * others. Empty if unknown.
   */
  readonly deletions: readonly string[];
  /** From this time on the worker that made the claim is gone, and another one may finish its work. */
  readonly expiresAtMs: number;
}

/** A whole index that is being made beside the one that is searched. It takes its place with one commit. */
export interface Rebuild {
  readonly id: string;
  readonly startedAtMs: number;
  readonly analysis: Analysis;
  /** The images up to this one are in it. */
  readonly after?: ImageId;
  /** Whether all are. */
  readonly isWalked: boolean;
  /** Images seen so far, of so many at its start. */
  readonly done: number;
  readonly total: number;
  /** Of those seen, how many were left out since they cannot be read; absent where none was. */
  readonly leftOut?: number;
  readonly segments: readonly SegmentEntry[];
  readonly merges: readonly MergeClaim[];
}

/** A rebuild that has not begun to read. @param total an estimate, to tell how far it is: what is no count of images is none */
export const freshRebuild = ({
  id,
  startedAtMs,
  analysis,
  total,
}: Pick<Rebuild, 'id' | 'startedAtMs' | 'analysis' | 'total'>): Rebuild => ({
  id,
  startedAtMs,
  analysis,
  total: Number.isSafeInteger(total) && total >= 0 ? total : 0,
  isWalked: false,
  done: 0,
  segments: [],
  merges: [],
});

const id = z.string().transform((text) => text as SegmentId);
/** Documents in one item at most: one page of them. */
const SINGLE_ITEM_DOCS = 160;

const count = z.int().nonnegative();
const docs = z.int().positive();

const BodyV1 = z.object({
  format: z.literal(1),
  segments: z.array(
    z
      .object({ id, docs, totalLen: count, bytes: count, deleted: count, deletions: z.string() })
      .transform((segment): SegmentEntry => ({ ...segment, format: 1, isSingleItem: false })),
  ),
});

/** Rows have no field names: every commit writes the manifest, and each kilobyte costs a write unit. */
const Claims = z.array(
  z
    .tuple([id, count, z.array(id), z.array(z.string()).default([])])
    .transform(([result, expiresAtMs, sources, deletions]): MergeClaim => ({
      result,
      expiresAtMs,
      sources,
      deletions,
    })),
);
const Segments = z.array(
  z
    .tuple([id, z.literal([1, 2, 3, 4, 5, 6]), docs, count, count, z.literal([0, 1]), count, z.string()])
    .transform(([id, format, docs, totalLen, bytes, isSingleItem, deleted, deletions]): SegmentEntry => ({
      id,
      format,
      docs,
      totalLen,
      bytes,
      isSingleItem: isSingleItem === 1,
      deleted,
      deletions,
    })),
);
const Analysed = z
  .tuple([z.enum(LANGUAGES), count, z.string()])
  .transform(([language, version, lexicon]): Analysis => ({ language, version, lexicon }));

const BodyV2 = z.object({
  format: z.literal(2),
  language: z.enum(LANGUAGES).exactOptional(),
  analysis: Analysed.exactOptional(),
  merges: Claims,
  segments: Segments,
  rebuilt: z.string().exactOptional(),
  leftOut: count.exactOptional(),
  rebuild: z
    .object({
      id: z.string().min(1),
      startedAtMs: count,
      analysis: Analysed,
      after: z
        .string()
        .transform((text) => text as ImageId)
        .exactOptional(),
      isWalked: z.boolean(),
      done: count,
      total: count,
      leftOut: count.exactOptional(),
      segments: Segments,
      merges: Claims,
    })
    .exactOptional(),
});

const Body = z.discriminatedUnion('format', [BodyV1, BodyV2]);

/**
 * The live segments of one tenant, oldest first. Its conditional update is the commit. A reader that holds a
 * manifest sees one state of the index.
 */
export interface Manifest {
  /** Counts commits; 0 before the first. */
  readonly version: number;
  readonly segments: readonly SegmentEntry[];
  readonly merges: readonly MergeClaim[];
  /** The language that words which come are analysed in; absent if the tenant has never changed its language. */
  readonly language?: Language;
  /** What its words went through; absent in an index of before this was kept, and in an empty one. */
  readonly analysis?: Analysis;
  readonly rebuild?: Rebuild;
  /** Id of the last rebuild that took the index's place. */
  readonly rebuilt?: string;
  /** How many images that one left out, since they cannot be read; absent where none was. */
  readonly leftOut?: number;
}

/** What names one state of the index that is searched. */
export type Snapshot = Pick<Manifest, 'version' | 'segments' | 'language' | 'analysis'>;

export const EMPTY_MANIFEST: Manifest = { version: 0, segments: [], merges: [] };

/** @throws GlossError `internal` for what no reader would take: once it is stored, nothing of its tenant works any more */
export function encodeManifestBody(manifest: Manifest): string {
  const { segments, merges, language, analysis, rebuilt, leftOut, rebuild } = manifest;
  const body = JSON.stringify({
    format: 2,
    ...encodeParts({ segments, merges }),
    language,
    analysis: analysis && encodeAnalysis(analysis),
    rebuilt,
    leftOut,
    rebuild: rebuild && {
      ...rebuild,
      analysis: encodeAnalysis(rebuild.analysis),
      ...encodeParts(rebuild),
    },
  });
  try {
    decodeManifest(manifest.version, body);
  } catch (cause) {
    const message = `not written: ${(cause as Error).message}`;
    throw new GlossError('internal', 'manifest_not_written', message, { cause });
  }
  return body;
}

const encodeAnalysis = ({ language, version, lexicon }: Analysis) => [language, version, lexicon];

const encodeParts = ({ segments, merges }: Pick<Manifest, 'segments' | 'merges'>) => ({
  segments: segments.map(({ id, format, docs, totalLen, bytes, isSingleItem, deleted, deletions }) => [
    id,
    format,
    docs,
    totalLen,
    bytes,
    isSingleItem ? 1 : 0,
    deleted,
    deletions,
  ]),
  merges: merges.map(({ result, expiresAtMs, sources, deletions }) => [
    result,
    expiresAtMs,
    sources,
    deletions,
  ]),
});

/** @throws GlossError `corrupt`. */
export function decodeManifest(version: number, body: string): Manifest {
  try {
    const parsed = Body.parse(JSON.parse(body));
    if (!Number.isSafeInteger(version) || version < 1) throw new Error('the version counts commits');
    checkSegments(parsed.segments);
    if (parsed.format === 1) return { version, segments: parsed.segments, merges: [] };
    const { format: _known, ...manifest } = parsed;
    checkMerges(parsed.segments, parsed.merges);
    if (parsed.rebuild) {
      checkSegments(parsed.rebuild.segments);
      checkMerges(parsed.rebuild.segments, parsed.rebuild.merges);
    }
    return { version, ...manifest };
  } catch (cause) {
    const what = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    const message = `manifest version ${version} cannot be read: ${what}`;
    throw new GlossError('corrupt', 'manifest_corrupt', message, { cause });
  }
}

/** What no manifest says. @throws Error */
function checkSegments(segments: readonly SegmentEntry[]): void {
  const ids = new Set<string>();
  let sum = 0;
  for (const { id, format, docs, totalLen, isSingleItem, deleted, deletions } of segments) {
    const fail = (what: string) => new Error(`segment ${id}: ${what}`);
    if (id === '' || ids.has(id)) throw fail('it has no name of its own');
    ids.add(id);
    sum += docs;
    if (sum > MAX_DOCS) throw fail(`more than ${MAX_DOCS} documents up to here`);
    if (totalLen > docs * (format === 1 ? 2 ** 32 - 1 : MAX_DOC_LEN))
      throw fail(`${totalLen} words in ${docs} documents`);
    if (deleted > docs || (deletions === '' && deleted > 0))
      throw fail(`${deleted} of ${docs} documents deleted`);
    if (isSingleItem && (format === 1 || docs > SINGLE_ITEM_DOCS))
      throw fail(`${docs} documents in one item`);
  }
}

/** Sources of merges are live, next to each other, and each of one merge; results are not live yet. @throws Error */
function checkMerges(segments: readonly SegmentEntry[], merges: readonly MergeClaim[]): void {
  const places = new Map(segments.map(({ id }, place) => [id, place]));
  const claimed = new Set<SegmentId>();
  for (const { result, sources, deletions } of merges) {
    const fail = (what: string) => new Error(`merge into ${result}: ${what}`);
    if (result === '' || places.has(result) || claimed.has(result))
      throw fail('its result has no name of its own');
    if (sources.length === 0 || (deletions.length > 0 && deletions.length !== sources.length))
      throw fail(`deletions of ${deletions.length} of ${sources.length} segments`);
    // Of a merge whose sources are gone, nothing is left to do.
    const first = places.get(sources[0]!);
    for (const [i, source] of sources.entries()) {
      if (places.get(source) !== (first === undefined ? undefined : first + i) || claimed.has(source))
        throw fail(`segment ${source} is not next`);
      claimed.add(source);
    }
    claimed.add(result);
  }
}

/** The index that is being made, as a manifest of its own; undefined where none is. */
export function manifestBeside({ version, language, rebuild }: Manifest): Manifest | undefined {
  if (!rebuild) return undefined;
  const { segments, merges, analysis } = rebuild;
  return { version, segments, merges, analysis, ...(language && { language }) };
}

/** Every segment of which the items are to stay: searched, being made, or being merged into. */
export function namedSegments({ segments, merges, rebuild }: Manifest): ReadonlySet<SegmentId> {
  const parts = [{ segments, merges }, ...(rebuild ? [rebuild] : [])];
  return new Set(
    parts.flatMap((part) => [
      ...part.segments.map(({ id }) => id),
      ...part.merges.map(({ result }) => result),
    ]),
  );
}

/** Documents that are found; those that are deleted are not among them. */
export const liveDocs = ({ segments }: Manifest): number =>
  segments.reduce((sum, { docs, deleted }) => sum + docs - deleted, 0);

/** Collection statistics of the snapshot. Deleted documents count until a merge drops them, as in Lucene. */
export function collectionOf({ segments }: Manifest): { docCount: number; totalLen: number } {
  return {
    docCount: segments.reduce((sum, segment) => sum + segment.docs, 0),
    totalLen: segments.reduce((sum, segment) => sum + segment.totalLen, 0),
  };
}
