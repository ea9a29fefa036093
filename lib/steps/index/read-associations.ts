import type { ItemKey } from '../../ports/segment-store.ts';
import { strongestFirst, weighAssociation, type Association } from '../../rank/associations.ts';
import {
  associationBucketOf,
  associationBuckets,
  readAssociationBucket,
  type TermAssociates,
} from '../../index/segment/associations.ts';
import { associationsKey } from '../../index/segment/sort-keys.ts';
import type { SnapshotItems } from './snapshot-items.ts';

/** Stored counts speak for the tenant's pictures when they are of at least this share of them. */
const LEAST_SHARE = 0.5;

/** What a segment says of a term. */
interface Said extends TermAssociates {
  readonly counted: number;
}

/**
 * What goes with a term, by the counts that merging stored: one item a term and large segment, all in one round. Counts of
 * segments add up; each associate is weighed over the segments that name it.
 * @param docCount documents of the snapshot
 * @param terms that mean the same; the one with the most documents speaks for them
 * @returns undefined where too little is stored: young or small collections, rare terms
 */
export async function readAssociations(
  items: SnapshotItems,
  docCount: number,
  terms: readonly string[],
): Promise<readonly Association[] | undefined> {
  const storing = items.segments.filter(({ docs }) => associationBuckets(docs) > 0);
  const covered = storing.reduce((sum, { docs }) => sum + docs, 0);
  if (terms.length === 0 || covered < LEAST_SHARE * docCount) return undefined;
  const keys = storing.flatMap(({ id, docs, format }) =>
    terms.map((term) => {
      const bucket = associationBucketOf(term, associationBuckets(docs));
      return { segmentId: id, sk: associationsKey(bucket), term, docs, format, bucket };
    }),
  );
  const bodies = await readBuckets(items, keys);
  const saidOf = Map.groupBy(
    keys.flatMap((key, i): Said[] => {
      const body = bodies[i];
      const found = body && readAssociationBucket(body, key, key, key.bucket);
      const associates = found?.terms.get(key.term);
      return associates ? [{ ...associates, counted: found!.counted }] : [];
    }),
    ({ term }) => term,
  );
  const docsOf = (said: readonly Said[]) => said.reduce((sum, { docFreq }) => sum + docFreq, 0);
  const [most] = [...saidOf.values()].sort((a, b) => docsOf(b) - docsOf(a));
  return most && addUp(most, docCount);
}

/** The first version of the format whose large segments all have associations: an instance keeps their items as it keeps others. */
const ALL_HAVE_THEM = 3;

/** Bodies in the order of the keys; nothing for segments of before associations were stored. */
async function readBuckets(
  items: SnapshotItems,
  keys: readonly (ItemKey & { readonly format: number })[],
): Promise<(Uint8Array | undefined)[]> {
  const isOld = ({ format }: { readonly format: number }) => format < ALL_HAVE_THEM;
  const [early, others] = await Promise.all([
    items.readIfThere(keys.filter(isOld)),
    items.read(keys.filter((key) => !isOld(key))),
  ]);
  return keys.map((key) => (isOld(key) ? early : others).shift());
}

function addUp(said: readonly Said[], docCount: number): Association[] {
  const sums = new Map<string, { count: number; docFreq: number; inside: number; counted: number }>();
  for (const { counted, docFreq: inside, associates } of said) {
    for (const { term, count, docFreq } of associates) {
      const sum = sums.get(term) ?? { count: 0, docFreq: 0, inside: 0, counted: 0 };
      sum.count += count;
      sum.docFreq += docFreq;
      sum.inside += inside;
      sum.counted += counted;
      sums.set(term, sum);
    }
  }
  const weighed = Array.from(sums, ([term, { count, docFreq, inside, counted }]) => ({
    ...weighAssociation(term, count, docFreq, inside, counted),
    docFreq: (docFreq * docCount) / counted,
  }));
  return strongestFirst(weighed.filter(({ strength }) => strength > 0));
}
