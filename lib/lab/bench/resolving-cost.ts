import type { Capacity, CapacityMeter } from '../../domain/capacity-meter.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import { DOCUMENTS_START } from '../../index/segment/sort-keys.ts';

/** What it costs to learn which images the documents of an answer are; nothing else is read at that time. */
export class ResolvingCost {
  readUnits = 0;
  rounds = 0;

  /** The same store, of which reads of document pages are counted here as well. */
  watch(store: SegmentStore, meter: CapacityMeter): SegmentStore {
    return {
      ...store,
      read: async (tenant, keys) => {
        const before = meter.snapshot();
        const bodies = await store.read(tenant, keys);
        if (keys.some(({ sk }) => sk.startsWith(DOCUMENTS_START))) this.#add(meter.since(before));
        return bodies;
      },
    };
  }

  #add({ readUnits, rounds }: Capacity): void {
    this.readUnits += readUnits;
    this.rounds += rounds;
  }
}
