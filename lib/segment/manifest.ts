import { z } from 'zod';
import { GlossError } from '../domain/errors.ts';
import type { SegmentId } from '../domain/ids.ts';

const Segment = z.object({
  id: z.string().transform((id) => id as SegmentId),
  docs: z.int().positive(),
  /** Sum of the lengths of all its documents, deleted ones too. */
  totalLen: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  deleted: z.int().nonnegative(),
  /** Names the item that holds the deletions; empty when nothing is deleted. */
  deletions: z.string(),
});

const Body = z.object({ format: z.literal(1), segments: z.array(Segment).readonly() });

/** One live segment as the manifest lists it. */
export type SegmentEntry = Readonly<z.infer<typeof Segment>>;

/**
 * What is searched: the live segments of one tenant in order of insertion. Its conditional update is the commit;
 * a reader that holds a manifest sees one state of the index and no other.
 */
export interface Manifest {
  /** Counts commits; 0 before the first. */
  readonly version: number;
  readonly segments: readonly SegmentEntry[];
}

export const EMPTY_MANIFEST: Manifest = { version: 0, segments: [] };

export const encodeManifestBody = ({ segments }: Manifest): string => JSON.stringify({ format: 1, segments });

/** @throws GlossError `corrupt`. */
export function decodeManifest(version: number, body: string): Manifest {
  try {
    return { version, segments: Body.parse(JSON.parse(body)).segments };
  } catch (cause) {
    throw new GlossError('corrupt', 'manifest_corrupt', `manifest version ${version} cannot be read`, {
      cause,
    });
  }
}

/** Collection statistics of the snapshot. Deleted documents count until a merge drops them, as in Lucene. */
export function collectionOf({ segments }: Manifest): { docCount: number; totalLen: number } {
  return {
    docCount: segments.reduce((sum, segment) => sum + segment.docs, 0),
    totalLen: segments.reduce((sum, segment) => sum + segment.totalLen, 0),
  };
}
