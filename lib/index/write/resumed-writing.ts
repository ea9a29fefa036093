import type { SegmentEntry } from '../segment/manifest.ts';
import { DELETIONS_START, type SegmentItem } from '../segment/sort-keys.ts';

/**
 * Writes a segment of which some items exist already. The same sources give the same bytes, so only missing
 * items are written. If the code has changed since, an item differs, or one exists that would not be written.
 */
export class ResumedWriting {
  readonly #writing: Generator<SegmentItem, SegmentEntry>;
  readonly #there: ReadonlyMap<string, Uint8Array>;
  #same = 0;

  /** @param there items of an earlier attempt, by sort key */
  constructor(writing: Generator<SegmentItem, SegmentEntry>, there: ReadonlyMap<string, Uint8Array>) {
    this.#writing = writing;
    // Each attempt names its deletions anew, so deletions of an attempt that did not commit are left out.
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

  /** Whether every existing item belongs to the segment, byte for byte. Known when `missing` has ended. */
  get isComplete(): boolean {
    return this.#same === this.#there.size;
  }
}
