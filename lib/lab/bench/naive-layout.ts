import { itemBytes, readUnits } from '../../adapters/capacity-units.ts';

/**
 * The index that one would write first, one item a posting, in figures: arithmetic from document frequencies, for sizes
 * that naive-index.ts would take hours to write. Keys are as short as ours; a list is read by a query, page after page.
 */
const PAGE_BYTES = 2 ** 20;

/** What reading one term's list costs, eventually consistent. */
export function naiveRead(term: string, docFreq: number): { readonly units: number; readonly pages: number } {
  const each = itemBytes(postingItem(term));
  const perPage = Math.ceil(PAGE_BYTES / each); // a page ends with the item that fills it
  const full = Math.floor(docFreq / perPage);
  const units = full * readUnits(perPage * each, false) + readUnits((docFreq % perPage) * each, false);
  return { units, pages: full + 1 };
}

export const naivePartition = (term: string): string => `bench/term/${term}`;

/** A posting as an item of its own. */
export const naiveItem = (term: string, image: string, freq: number, docLen: number) => ({
  pk: { S: naivePartition(term) },
  sk: { S: image },
  termFreq: { N: String(freq) },
  docLen: { N: String(docLen) },
});

const postingItem = (term: string) => naiveItem(term, '0'.repeat(32), 1, 100);
