import { compareUtf8 } from '../bytes/utf8-order.ts';
import { FORMAT_VERSION } from '../bytes/item-frame.ts';

/** The first version of the format in which a class is spelled behind its name. */
const CLASSES_BEHIND_NAMES = 6;
const CLASS = '=';
const BEHIND = ` ${CLASS}`;

/**
 * How a term stands in directories, which are sorted by it: a class behind the word that names it, because who asks for one asks
 * for both. A spelling is its own spelling.
 * @param version of the format
 */
export const spellingOf = (term: string, version: number = FORMAT_VERSION): string =>
  version >= CLASSES_BEHIND_NAMES && term.startsWith(CLASS) ? term.slice(CLASS.length) + BEHIND : term;

/** The term that is spelled so; undefined for what no term is spelled as. */
export function termSpelled(spelling: string, version: number): string | undefined {
  if (version < CLASSES_BEHIND_NAMES) return spelling;
  if (spelling.startsWith(CLASS)) return undefined;
  return spelling.endsWith(BEHIND) ? CLASS + spelling.slice(0, -BEHIND.length) : spelling;
}

/** Whether directories of this version have their terms in the order of those that are written. */
export const isInWrittenOrder = (version: number): boolean => version >= CLASSES_BEHIND_NAMES;

/** The order of terms in directories. */
export const compareTerms = (a: string, b: string, version: number = FORMAT_VERSION): number =>
  compareUtf8(spellingOf(a, version), spellingOf(b, version));
