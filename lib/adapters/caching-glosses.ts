import { LRUCache } from 'lru-cache';
import type { ImageId, ImageState, TenantId } from '../domain/ids.ts';
import { isUnreadable } from '../domain/unreadable.ts';
import type { Glosses, StoredGloss } from '../ports/glosses.ts';

/** Memory of a gloss in objects and strings, for each character of its JSON, about. */
const BYTES_PER_CHAR = 3;

/**
 * Glosses of states, kept in memory, the least recently used going first. The words of a state never change, so no entry is
 * ever stale. What is missing, unreadable or of another state than asked for is not kept.
 * @param maxBytes bound of the memory for glosses of all tenants together
 */
export function cachingGlosses(glosses: Glosses, maxBytes: number): Glosses {
  const kept = new LRUCache<string, StoredGloss>({
    maxSize: maxBytes,
    sizeCalculation: (gloss) => BYTES_PER_CHAR * JSON.stringify(gloss).length,
  });
  return {
    saveAnswer: (tenant, run, answer) => glosses.saveAnswer(tenant, run, answer),
    loadAnswers: (tenant, run) => glosses.loadAnswers(tenant, run),
    keepAnswers: (tenant, run, untilMs) => glosses.keepAnswers(tenant, run, untilMs),
    save: (tenant, gloss) => glosses.save(tenant, gloss),
    getMany: (tenant, imageIds) => glosses.getMany(tenant, imageIds),
    remove: (tenant, imageId, upTo) => glosses.remove(tenant, imageId, upTo),
    async ofStates(tenant, states) {
      const known = new Map<ImageId, StoredGloss>();
      const unknown: ImageState[] = [];
      for (const state of states) {
        const gloss = kept.get(nameOf(tenant, state));
        if (gloss) known.set(state.imageId, gloss);
        else unknown.push(state);
      }
      if (unknown.length === 0) return known;
      const read = await glosses.ofStates(tenant, unknown);
      for (const state of unknown) {
        const gloss = read.get(state.imageId);
        if (!gloss) continue;
        known.set(state.imageId, gloss);
        if (!isUnreadable(gloss) && gloss.sequencer === state.sequencer)
          kept.set(nameOf(tenant, state), gloss);
      }
      return known;
    },
  };
}

const nameOf = (tenant: TenantId, { imageId, sequencer }: ImageState): string =>
  `${tenant} ${imageId} ${sequencer}`;
