import type { SegmentEntry } from '../segment/manifest.ts';
import { DELETIONS_START } from '../segment/sort-keys.ts';
import type { SegmentItem } from './write-segment.ts';

/**
 * A segment of which some items are written already: the same sources give the same bytes, so only the others are left
 * to write. Code that encodes otherwise shows by an item that differs or that nobody would write.
 */
export class ResumedWriting {
  readonly #writing: Generator<SegmentItem, SegmentEntry>;
  readonly #there: ReadonlyMap<string, Uint8Array>;
  #same = 0;

  /** @param there items of the segment by key, of an earlier attempt */
  constructor(writing: Generator<SegmentItem, SegmentEntry>, there: ReadonlyMap<string, Uint8Array>) {
    this.#writing = writing;
    // Deletions are named when they are written; those of an attempt that did not commit are nobody's.
    this.#there = new Map([...there].filter(([sk]) => !sk.startsWith(DELETIONS_START)));
  }

  /** The items that are not there yet. */
  *missing(): Generator<SegmentItem, SegmentEntry> {
    let step = this.#writing.next();
    for (; !step.done; step = this.#writing.next()) {
      const written = this.#there.get(step.value.sk);
      if (!written) yield step.value;
      else if (Buffer.compare(written, step.value.body) === 0) this.#same += 1;
    }
    return step.value;
  }

  /** Whether what was there is part of the segment, to the last byte; known when `missing` has ended. */
  get isWhole(): boolean {
    return this.#same === this.#there.size;
  }
}
