import { describe, expect, it } from 'vitest';
import { GlossError } from '../../lib/domain/errors.ts';
import { Deletions } from '../../lib/segment/deletions.ts';
import { decodeIds } from '../../lib/segment/ids.ts';
import { ITEM_KINDS, seal, unseal, type ItemKind } from '../../lib/segment/sealed-item.ts';
import { SegmentContents } from '../../lib/segment/segment-contents.ts';
import { postingsOf, collect, entryOf, rowsOf, SEGMENT } from '../segments.ts';

const DOCS = 9;
const everywhere = postingsOf(Array.from({ length: DOCS }, (_, i) => [i, 1 + i, 5 + i]));
const { items } = collect(
  Array.from({ length: DOCS }, (_, i) => entryOf(i, 5 + i)),
  [
    ['car', everywhere],
    ['cart', postingsOf([[3, 2, 8]])],
    [
      '猫',
      postingsOf([
        [0, 1, 5],
        [8, 4_000_000_000, 13],
      ]),
    ],
  ],
);
const withDeletions = new Map([...items, ['x/1', Deletions.none(DOCS).with([2, 7]).encode()]]);

/** Everything that can be read of the segment, as plain values. */
function readAll(bodies: ReadonlyMap<string, Uint8Array>): unknown {
  const contents = new SegmentContents(SEGMENT, bodies);
  return {
    documents: contents.documents(DOCS),
    lists: [...contents.lists()].map(([term, list]) => [term, rowsOf(list)]),
    ids: [...decodeIds(bodies.get('i/00000000')!, { segmentId: SEGMENT, sk: 'i/00000000' })],
    deletions: [...Deletions.decode(bodies.get('x/1')!, DOCS, { segmentId: SEGMENT, sk: 'x/1' }).docIds()],
  };
}

const kindOf = (sk: string): ItemKind =>
  sk.startsWith('d/')
    ? 'directory'
    : sk.startsWith('n/')
      ? 'documents'
      : sk.startsWith('i/')
        ? 'ids'
        : 'deletions';

describe('damage to an item', () => {
  it('is found out, whichever byte it changes', () => {
    for (const [sk, body] of withDeletions) {
      for (let at = 0; at < body.length; at += 1) {
        for (const change of [1, 2, 4, 8, 16, 32, 64, 128, 255]) {
          const damaged = body.slice();
          damaged[at]! ^= change;
          expect(() => readAll(new Map([...withDeletions, [sk, damaged]]))).toThrow(
            expect.objectContaining({ kind: 'corrupt', code: 'segment_corrupt' }),
          );
        }
      }
    }
  });

  it('is found out where bytes are missing', () => {
    for (const [sk, body] of withDeletions) {
      for (let length = 0; length < body.length; length += 1) {
        expect(() => readAll(new Map([...withDeletions, [sk, body.subarray(0, length)]]))).toThrow(
          expect.objectContaining({ kind: 'corrupt' }),
        );
      }
    }
  });

  it('behind a right checksum gives a value or the typed error, and no endless work', () => {
    for (const [sk, body] of withDeletions) {
      const payload = unseal(kindOf(sk), body, { segmentId: SEGMENT, sk });
      for (let at = 0; at < payload.length; at += 1) {
        for (const change of [1, 64, 128, 255]) {
          const damaged = payload.slice();
          damaged[at]! ^= change;
          try {
            readAll(new Map([...withDeletions, [sk, seal(kindOf(sk), damaged)]]));
          } catch (error) {
            if (!(error instanceof GlossError) || error.kind !== 'corrupt') throw error;
          }
        }
      }
    }
  });

  it('is found out where an item lies under the key of another kind', () => {
    for (const kind of Object.keys(ITEM_KINDS) as ItemKind[]) {
      if (kind === 'documents') continue;
      const bodies = new Map([...withDeletions, ['n/00000000', seal(kind, new Uint8Array(36 * DOCS))]]);
      expect(() => readAll(bodies)).toThrow(/where documents belongs/);
    }
  });
});
