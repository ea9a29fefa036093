import { itemBytes, readUnits } from '../adapters/capacity-units.ts';

/**
 * The index that one would write first, one item a posting, in figures: arithmetic from document frequencies, not a run.
 * Keys are as short as ours; a list is read by a query, page after page.
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

const postingItem = (term: string) => ({
  pk: { S: `bench/term/${term}` },
  sk: { S: '0'.repeat(32) }, // the image
  termFreq: { N: '1' },
  docLen: { N: '100' },
});
