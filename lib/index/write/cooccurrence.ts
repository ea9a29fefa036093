import {
  countedDocs,
  countingStride,
  type Cooccurrence,
  type TermAssociates,
} from '../segment/associations.ts';
import {
  isByChance,
  pullOf,
  strongestFirst,
  weighAssociation,
  type Association,
} from '../../rank/associations.ts';
import { isDerived } from '../../text/index-terms.ts';
import type { Postings } from '../postings/postings.ts';

/** Terms in fewer of the counted documents are left out: their counts are too uncertain. */
const LEAST_DOC_FREQ = 32;
/** How many associates are kept of a term: as many as a likely query uses. */
export const ASSOCIATES = 32;

interface Counted {
  readonly term: string;
  readonly docIds: Uint32Array;
}

/**
 * Counts which words occur in the same documents. The count of every pair is exact in the documents counted:
 * all of them, or in segments of more than 262,144 documents every second, third and so on. Cost: for each term
 * of each document one step for each word of that document, about 5,000 steps a document.
 */
export class CooccurrenceCounter {
  readonly #stride: number;
  readonly #counted: number;
  readonly #terms: Counted[] = [];

  constructor(docs: number) {
    this.#stride = countingStride(docs);
    this.#counted = countedDocs(docs);
  }

  /** Yields the lists unchanged and remembers what is counted. */
  *watch(
    lists: Iterable<readonly [term: string, postings: Postings]>,
  ): Generator<readonly [term: string, postings: Postings]> {
    for (const list of lists) {
      const [term, { docIds }] = list;
      if (docIds.length >= LEAST_DOC_FREQ) {
        const counted =
          this.#stride === 1 ? docIds.slice() : docIds.filter((docId) => docId % this.#stride === 0);
        if (counted.length >= LEAST_DOC_FREQ) this.#terms.push({ term, docIds: counted });
      }
      yield list;
    }
  }

  /** The counts. Called once, after the last list. */
  finish(): Cooccurrence {
    return { counted: this.#counted, terms: this.#count() };
  }

  *#count(): Generator<TermAssociates> {
    const terms = this.#terms;
    const { starts, words } = this.#wordsByDocument();
    const counts = new Uint32Array(terms.length);
    for (const [own, { term, docIds }] of terms.entries()) {
      const touched: number[] = [];
      for (const docId of docIds) {
        const document = docId / this.#stride;
        for (let i = starts[document]!; i < starts[document + 1]!; i += 1) {
          const word = words[i]!;
          if (counts[word]! === 0) touched.push(word);
          counts[word]! += 1;
        }
      }
      const found: Association[] = [];
      for (const word of touched) {
        const count = counts[word]!;
        const docFreq = terms[word]!.docIds.length;
        counts[word] = 0;
        if (word === own || isByChance(count, docFreq, docIds.length, this.#counted)) continue;
        const association = weighAssociation(terms[word]!.term, count, docFreq, docIds.length, this.#counted);
        if (pullOf(association) > 0) found.push(association);
      }
      yield { term, docFreq: docIds.length, associates: strongestFirst(found).slice(0, ASSOCIATES) };
    }
  }

  /** The words of each document, by number: the inverse of postings lists. */
  #wordsByDocument(): { starts: Uint32Array; words: Uint32Array } {
    const starts = new Uint32Array(this.#counted + 1);
    for (const { term, docIds } of this.#terms) {
      if (!isDerived(term)) for (const docId of docIds) starts[docId / this.#stride + 1]! += 1;
    }
    for (let document = 0; document < this.#counted; document += 1)
      starts[document + 1]! += starts[document]!;
    const words = new Uint32Array(starts[this.#counted]!);
    const next = starts.slice(0, this.#counted);
    for (const [word, { term, docIds }] of this.#terms.entries()) {
      if (!isDerived(term)) for (const docId of docIds) words[next[docId / this.#stride]!++] = word;
    }
    return { starts, words };
  }
}
