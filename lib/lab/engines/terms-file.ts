import { open } from 'node:fs/promises';
import type { Gloss } from '../../domain/gloss.ts';
import { documentTerms } from '../../text/document-terms.ts';
import { isDerived } from '../../text/index-terms.ts';
import { readLines } from '../../files/read-lines.ts';
import type { EngineCorpus } from './engine.ts';

const LINES_PER_WRITE = 1_000;

/**
 * Writes the analysed terms of the first glosses, a gloss a line: what every engine but Gloss is given: words, without compounds and classes. A term stands
 * there as often as in the gloss, next to itself, since nothing here looks at the order.
 * @param onLine called with the number of lines so far
 * @returns how many lines were written, fewer than `most` where there are fewer glosses
 */
export async function writeTermsFile(
  path: string,
  glosses: AsyncIterable<Gloss>,
  most: number,
  onLine: (lines: number) => void,
): Promise<number> {
  await using file = await open(path, 'w');
  let lines = 0;
  let buffer = '';
  for await (const gloss of glosses) {
    const terms = Array.from(documentTerms(gloss).mentions, ([term, { termFreq }]) =>
      isDerived(term) ? [] : Array<string>(termFreq).fill(term),
    );
    buffer += `${terms.flat().join(' ')}\n`;
    lines += 1;
    if (lines % LINES_PER_WRITE === 0) {
      await file.write(buffer);
      buffer = '';
      onLine(lines);
    }
    if (lines === most) break;
  }
  await file.write(buffer);
  return lines;
}

/** The documents of a corpus in order, their terms joined by spaces. */
export async function* readTerms({ terms, size }: EngineCorpus): AsyncGenerator<string, undefined> {
  let doc = 0;
  for await (const line of readLines(terms)) {
    if (doc === size) return;
    doc += 1;
    yield line;
  }
}
