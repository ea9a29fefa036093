import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GlossError } from '../../lib/domain/errors.ts';
import { Deletions } from '../../lib/index/segment/deletions.ts';
import { decodeAssociations, writeAssociations } from '../../lib/index/segment/associations.ts';
import { decodeIds, encodeIds } from '../../lib/index/segment/image-map.ts';
import { decodeManifest } from '../../lib/index/segment/manifest.ts';
import { ITEM_KINDS, frameItem, openFrame, type ItemKind } from '../../lib/index/bytes/item-frame.ts';
import { MOST_PLACES, placesFrom } from '../../lib/index/postings/places.ts';
import type { Postings } from '../../lib/index/postings/postings.ts';
import { termFreqOf } from '../../lib/rank/placed-freq.ts';
import { decodeIdsV1 } from '../../lib/index/v1/image-map.ts';
import {
  collect,
  contentsOf,
  entryOf,
  postingsOf,
  readSegment,
  type BuiltSegment,
  type Rows,
} from '../support/segments.ts';

const withDeletions = ({ entry, items }: BuiltSegment, docIds: readonly number[]): BuiltSegment => ({
  entry,
  items: new Map([...items, ['x/1', Deletions.none(entry.docs).with(docIds).encode()]]),
});

/** Postings with places, but for every third. */
const placed = (rows: Rows): Postings => ({
  ...postingsOf(rows),
  places: placesFrom(
    rows.map(([docId, placedFreq]) => {
      const termFreq = termFreqOf(placedFreq);
      return termFreq > MOST_PLACES || docId % 3 === 2
        ? []
        : Array.from({ length: termFreq }, (_, i) => 70 * (docId + i));
    }),
  ),
});

/** Nine documents in one item. */
const whole = withDeletions(
  collect(
    Array.from({ length: 9 }, (_, i) => entryOf(i, 5 + i)),
    [
      ['car', placed(Array.from({ length: 9 }, (_, i) => [i, 1 + 4 * i, 5 + i]))],
      ['cart', postingsOf([[3, 2, 8]])],
      [
        '猫',
        postingsOf([
          [0, 1, 5],
          [8, 4_000_000_000, 13],
        ]),
      ],
    ],
  ),
  [2, 7],
);

/** The fewest documents that need two pages, and numbers so large that their list needs a chunk of its own. */
const hashed = (i: number) => Math.imul(i + 1, 2_654_435_761) >>> 0;
const lengthOf = (i: number) => hashed(i) >>> 1;
/** Some of them few enough for their places. */
const freqOf = (i: number) => 1 + (i % 8 === 0 ? i : hashed(i) >>> 2);
const parts = withDeletions(
  collect(
    Array.from({ length: 161 }, (_, i) => entryOf(i, lengthOf(i))),
    [
      ['cat', placed(Array.from({ length: 161 }, (_, i) => [i, freqOf(i), lengthOf(i)]))],
      ['dog', placed(Array.from({ length: 12 }, (_, i) => [9 * i, 1 + i, lengthOf(9 * i)]))],
      ['猫', postingsOf([[160, 1, lengthOf(160)]])],
    ],
  ),
  [2, 7],
);

const golden = (
  JSON.parse(readFileSync(new URL('../golden/segment-v1.json', import.meta.url), 'utf8')) as {
    small: { manifest: string; items: Record<string, string> };
  }
).small;
const version1: BuiltSegment = {
  entry: decodeManifest(1, golden.manifest).segments[0]!,
  items: new Map(
    Object.entries(golden.items).map(([sk, hex]) => [sk, new Uint8Array(Buffer.from(hex, 'hex'))]),
  ),
};

const KINDS: Record<string, ItemKind> = {
  d: 'directory',
  c: 'chunk',
  n: 'documents',
  i: 'imageMap',
  x: 'deletions',
  w: 'singleItem',
  a: 'associations',
  p: 'places',
};
const kindOf = (sk: string) => KINDS[sk[0]!]!;

/** Everything that this item of a segment says, with the other items that it takes to read it. */
function read(segment: BuiltSegment, sk: string): unknown {
  const { entry, items } = segment;
  const item = { segmentId: entry.id, sk };
  const body = items.get(sk)!;
  switch (kindOf(sk)) {
    case 'singleItem':
      return [readSegment(segment), ...contentsOf(segment).lists({ withPlaces: true })];
    case 'directory':
    case 'chunk':
    case 'places':
      return [...contentsOf(segment).lists({ withPlaces: true })];
    case 'documents':
      return contentsOf(segment).documents();
    case 'associations':
      return decodeAssociations(body, item, entry.format);
    case 'deletions':
      return [...Deletions.decode(body, { ...entry, deleted: 2 }, item).docIds()];
    case 'imageMap': {
      const { payload, version, offset } = openFrame('imageMap', body, item);
      return version === 1 ? decodeIdsV1(payload, item, 2) : decodeIds(payload, item, offset);
    }
  }
}

/** What reading the segment comes to with another body of this item: an error that is not as it should be is thrown. */
function readWith({ entry, items }: BuiltSegment, sk: string, body: Uint8Array): GlossError | undefined {
  try {
    read({ entry, items: new Map([...items, [sk, body]]) }, sk);
    return undefined;
  } catch (error) {
    if (error instanceof GlossError && error.kind === 'corrupt') return error;
    throw error;
  }
}

/** What lies beside the other items of a large segment: the buckets that have a term. */
const associations: BuiltSegment = {
  entry: parts.entry,
  items: new Map(
    Array.from(
      writeAssociations(
        {
          counted: 4_096,
          terms: [
            { term: 'oven', docFreq: 300, associates: [{ term: 'pan', count: 299, docFreq: 4_000 }] },
            { term: '猫', docFreq: 40, associates: [{ term: 'b', count: 33, docFreq: 33 }] },
          ],
        },
        4_096,
        3_900,
      ),
    )
      .filter(({ body }) => body.length > 9)
      .map(({ sk, body }) => [sk, body]),
  ),
};

const SEGMENTS = { whole, parts, associations, 'version 1': version1 };

it('the segments that are damaged have every kind of item', () => {
  const kinds = (of: BuiltSegment) => [...new Set([...of.items.keys()].map(kindOf))].sort();
  expect(kinds(whole)).toEqual(['deletions', 'singleItem']);
  expect(kinds(parts)).toEqual(['chunk', 'deletions', 'directory', 'documents', 'imageMap', 'places']);
  expect(kinds(associations)).toEqual(['associations']);
  expect([...kinds(parts), ...kinds(whole)].length).toBe(Object.keys(ITEM_KINDS).length);
});

describe.each(Object.entries(SEGMENTS))('damage to an item (%s)', (_, segment) => {
  it('is found out, whichever byte it changes, and the error names segment, item and byte', () => {
    for (const [sk, body] of segment.items) {
      for (let at = 0; at < body.length; at += 1) {
        for (const change of [1, 2, 4, 8, 16, 32, 64, 128, 255]) {
          const damaged = body.slice();
          damaged[at]! ^= change;
          const error = readWith(segment, sk, damaged);
          if (
            error?.code !== 'segment_corrupt' ||
            !error.message.startsWith(`segment ${segment.entry.id}, item ${sk}, byte `)
          ) {
            expect.fail(`byte ${at} of ${sk} changed by ${change}: ${error?.message ?? 'nobody noticed'}`);
          }
        }
      }
    }
  });

  it('is found out where bytes are missing', () => {
    for (const [sk, body] of segment.items) {
      for (let length = 0; length < body.length; length += 1) {
        expect(readWith(segment, sk, body.subarray(0, length))).toBeDefined();
      }
    }
  });

  it('behind a right checksum gives a value or the typed error, and no endless work', () => {
    for (const [sk, body] of segment.items) {
      const { payload, version } = openFrame(kindOf(sk), body, { segmentId: segment.entry.id, sk });
      for (let at = 0; at < payload.length; at += 1) {
        for (const change of [1, 64, 128, 255]) {
          const damaged = payload.slice();
          damaged[at]! ^= change;
          const error = readWith(segment, sk, frameItem(kindOf(sk), damaged, version));
          if (error)
            expect(error.message).toMatch(/^segment \S+(?:, item .+, byte \d+: |: item .+ is missing$)/);
        }
      }
    }
  });

  it('behind a right checksum is found out where bytes are missing or too many', () => {
    for (const [sk, body] of segment.items) {
      const { payload, version } = openFrame(kindOf(sk), body, { segmentId: segment.entry.id, sk });
      for (const length of [...payload.keys()].slice(0, 200)) {
        readWith(segment, sk, frameItem(kindOf(sk), payload.subarray(0, length), version));
      }
      readWith(segment, sk, frameItem(kindOf(sk), Buffer.concat([payload, new Uint8Array(3)]), version));
    }
  });
});

it('an item under the key of another kind is found out', () => {
  for (const segment of [whole, parts, associations]) {
    for (const [sk, body] of segment.items) {
      const { payload } = openFrame(kindOf(sk), body, { segmentId: segment.entry.id, sk });
      for (const kind of (Object.keys(ITEM_KINDS) as ItemKind[]).filter((other) => other !== kindOf(sk))) {
        expect(readWith(segment, sk, frameItem(kind, payload))?.message).toContain(
          `where ${kindOf(sk)} belongs`,
        );
      }
    }
  }
});

it('an item of another segment in its place is found out where the numbers do not fit', () => {
  const other = collect(
    Array.from({ length: 8 }, (_, i) => entryOf(i, 5)),
    [['car', postingsOf([[0, 1, 5]])]],
  );
  expect(readWith(whole, 'w', other.items.get('w')!)?.message).toContain('8 documents where 9 belong');
  expect(readWith(parts, 'n/00000001', parts.items.get('n/00000000')!)?.message).toContain(
    '160 documents where 1 belong',
  );
});

it('a count that the bytes cannot hold is refused before anything is allocated for it', () => {
  const item = { segmentId: 's', sk: 'x' };
  const { payload, offset } = openFrame(
    'imageMap',
    encodeIds({ idPrefixes: Uint32Array.of(1), docIds: Uint32Array.of(0) }),
    item,
  );
  const huge = Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0x0f, ...payload.subarray(1)]);
  expect(() => decodeIds(huge, item, offset)).toThrow(/4294967295 ids/);
});
